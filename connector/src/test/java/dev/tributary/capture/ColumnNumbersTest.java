// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ColumnNumbersTest {

    @Test
    void theCatalogTellsTheNumbersOfAMessageThatAgreesWithIt() {
        // Given: 2 is dropped
        ColumnNumbers numbers = new ColumnNumbers(
                List.of("id", "mail", "note"), Map.of("id", Set.of(1), "mail", Set.of(3), "note", Set.of(4)));

        // Then
        assertThat(numbers.candidates(3)).containsExactly("mail");
        assertThat(numbers.candidates(2)).isEmpty();
        assertThat(numbers.of(2)).isEqualTo(4);
    }

    @Test
    void aNewColumnWithTheFormerNameIsAnotherOne() {
        // Given
        ColumnNumbers numbers = new ColumnNumbers(
                List.of("id", "mail_old", "mail"),
                Map.of("id", Set.of(1), "mail_old", Set.of(2), "mail", Set.of(2, 3)));

        // Then
        assertThat(numbers.candidates(2)).containsExactly("mail_old");
        assertThat(numbers.candidates(3)).containsExactly("mail");
    }

    @Test
    void theOrderDecidesIfNamesWereExchanged() {
        // Given
        ColumnNumbers numbers = new ColumnNumbers(
                List.of("id", "mail", "mail_new"),
                Map.of("id", Set.of(1), "mail", Set.of(2, 3), "mail_old", Set.of(2)));

        // Then
        assertThat(numbers.candidates(2)).contains("mail");
        assertThat(numbers.candidates(3)).contains("mail_new");
    }

    @Test
    void aColumnBetweenTwoKnownOnesHasTheNumberBetween() {
        // Given
        ColumnNumbers numbers =
                new ColumnNumbers(List.of("id", "email", "more"), Map.of("id", Set.of(1), "more", Set.of(3)));

        // Then
        assertThat(numbers.candidates(2)).containsExactly("email");
        assertThat(numbers.of(1)).isEqualTo(2);
    }

    @Test
    void aColumnThatNothingExplainsMayHaveAnyNumberThatTheOrderLeaves() {
        // Given
        ColumnNumbers numbers =
                new ColumnNumbers(List.of("id", "email", "more"), Map.of("id", Set.of(1), "more", Set.of(5)));

        // Then
        assertThat(numbers.candidates(2)).containsExactly("email");
        assertThat(numbers.candidates(4)).containsExactly("email");
        assertThat(numbers.candidates(6)).isEmpty();
        assertThat(numbers.of(1)).isZero();
    }

    /** The type of a column was changed by a new column: its name is at the end of the table now. */
    @Test
    void aColumnThatIsAtTheEndByNowMovesNoOther() {
        // Given
        ColumnNumbers numbers = new ColumnNumbers(
                List.of("id", "note", "mail", "more"),
                Map.of("id", Set.of(1), "mail", Set.of(3), "more", Set.of(4), "note", Set.of(5)));

        // Then
        assertThat(numbers.candidates(3)).containsExactly("mail");
        assertThat(numbers.of(1)).isEqualTo(2);
    }

    /** The table is gone, or the message is of a time of which nothing is known. */
    @Test
    void withoutAnyKnowledgeEachColumnMayBeMeant() {
        // Given
        ColumnNumbers numbers = new ColumnNumbers(List.of("id", "email"), Map.of());

        // Then
        assertThat(numbers.candidates(2)).containsExactly("id", "email");
        assertThat(numbers.candidates(1)).containsExactly("id");
    }

    /** Columns that are not published have numbers, but no place in the message. */
    @Test
    void unpublishedColumnsAreNoCandidates() {
        // Given
        ColumnNumbers numbers =
                new ColumnNumbers(List.of("id", "more"), Map.of("id", Set.of(1), "mail", Set.of(2), "more", Set.of(3)));

        // Then
        assertThat(numbers.candidates(2)).isEmpty();
        assertThat(numbers.of(1)).isEqualTo(3);
    }
}
