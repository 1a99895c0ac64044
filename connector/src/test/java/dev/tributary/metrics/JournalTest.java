// SPDX-License-Identifier: Apache-2.0
package dev.tributary.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.metrics.Journal.Kind;
import dev.tributary.metrics.Journal.Severity;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JournalTest {

    private static final String PREFIX = "journal-test";

    private final Journal journal = Journal.of(PREFIX);

    @AfterEach
    void close() {
        Journal.closeUnused(PREFIX);
    }

    private void add(Kind kind, String text) {
        journal.add(kind, Severity.INFO, text);
    }

    @Test
    void theLastHundredAreKept() {
        // When
        IntStream.rangeClosed(1, 150).forEach(i -> add(Kind.FINDING, "Finding " + i));

        // Then
        assertThat(journal.getEntries()).hasSize(100);
        assertThat(journal.getEntries().get(0).getText()).isEqualTo("Finding 51");
        assertThat(journal.getEntries().get(99).getText()).isEqualTo("Finding 150");
    }

    @Test
    void whatTheLastOneOfItsKindSaysIsNotRepeated() {
        // When
        add(Kind.FAILURE, "No connection");
        add(Kind.STATE, "The task waits");
        add(Kind.FAILURE, "No connection");
        add(Kind.FAILURE, "Another");
        add(Kind.FAILURE, "No connection");

        // Then
        assertThat(journal.getEntries())
                .extracting(JournalEntry::getText)
                .containsExactly("No connection", "The task waits", "Another", "No connection");
    }

    @Test
    void aLongTextIsCut() {
        // When
        add(Kind.FAILURE, "x".repeat(10_000));

        // Then
        assertThat(journal.getEntries().get(0).getText()).hasSize(4_001).endsWith("…");
    }

    /** The connector may move to another worker while its task stays. */
    @Test
    void itStaysAsLongAsTheTaskIsHere() {
        try (TaskStatus task = TaskStatus.open(PREFIX, PREFIX)) {
            // When
            Journal.closeUnused(PREFIX);

            // Then
            assertThat(Journal.of(PREFIX)).isSameAs(journal);
        }

        // When
        Journal.closeUnused(PREFIX);

        // Then
        assertThat(Journal.of(PREFIX)).isNotSameAs(journal);
    }
}
