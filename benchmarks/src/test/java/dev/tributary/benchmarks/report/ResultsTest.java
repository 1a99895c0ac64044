// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.sandbox.Distribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {

    private static final String README =
            "before\n<!-- benchmarks: written by ./tributary bench docs -->\nstale\n<!-- benchmarks: end -->\nafter\n";

    @TempDir
    Path root;

    @BeforeEach
    void readme() throws IOException {
        Files.createDirectory(root.resolve("docs"));
        Files.writeString(root.resolve("README.md"), README);
    }

    @Test
    void publishesTheStoredRuns() throws IOException {
        // Given
        Results results = new Results(root);
        results.keep("stream", Runs.stream(0.9, 3, 5));
        results.keep("snapshot", Runs.snapshot(170_000, 50_000, 40_000));

        // When
        results.publish();

        // Then
        assertThat(results.isPublished()).isTrue();
        assertThat(root.resolve("docs/benchmarks.md"))
                .content()
                .contains("| Tributary <us> | 90,000 |", "## Snapshot", "| Tributary | 170,000 |", "fsync=on");
        assertThat(root.resolve("docs/benchmarks.svg")).content().startsWith("<svg");
        assertThat(root.resolve("README.md"))
                .content()
                .startsWith("before\n")
                .endsWith("after\n")
                .contains("| 90,000 |", "| 170,000 |")
                .doesNotContain("stale");

        // When
        results.keep("stream", Runs.stream(0.9, 3, 4));

        // Then
        assertThat(results.isPublished()).isFalse();
    }

    @Test
    void aReadmeWithoutTheSectionIsAnError() throws IOException {
        // Given
        Files.writeString(root.resolve("README.md"), "no section here");

        // When, Then
        assertThatThrownBy(() -> new Results(root).publish()).hasMessageContaining("no section");
    }

    @Test
    void theDocumentationOfThisRepositoryMatchesTheStoredRuns() throws IOException {
        assertThat(new Results(Distribution.find().root()).isPublished())
                .as("stale; run ./tributary bench docs")
                .isTrue();
    }
}
