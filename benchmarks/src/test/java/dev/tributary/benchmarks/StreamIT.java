// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole of {@code bench stream} with few rows: that it measures and reports, not what. */
class StreamIT {

    @TempDir
    Path directory;

    @Test
    void everyContestantDrainsTheWholeBacklogAndTheRunIsReported() throws Exception {
        // Given
        Path svg = directory.resolve("run.svg");

        // When
        BenchRun run = BenchRun.of("stream", "bare,stock-default,ours", directory, "--svg", svg.toString());

        // Then
        assertThat(run.exit()).isZero();
        assertThat(run.measurements())
                .hasSize(3)
                .allSatisfy(one -> assertThat(one.path("records").asInt()).isEqualTo(2_000));
        assertThat(run.measurements())
                .extracting(one -> one.path("contestant").asText())
                .containsExactly("bare", "stock-default", "ours");
        assertThat(run.output())
                .contains(
                        "Bare client", "Debezium, default", "Tributary", "plugin.name=pgoutput", "worker CPU per row");
        assertThat(svg).content().contains("<svg", "Debezium, default");
    }
}
