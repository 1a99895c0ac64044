// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole of {@code bench snapshot} with few rows: that it measures and reports, not what. */
class SnapshotIT {

    @TempDir
    Path directory;

    @Test
    void everyContestantReadsTheWholeTableAndTheRunIsReported() throws Exception {
        // When
        BenchRun run = BenchRun.of("snapshot", "copy,ours", directory);

        // Then
        assertThat(run.exit()).isZero();
        assertThat(run.measurements())
                .hasSize(2)
                .allSatisfy(one ->
                        assertThat(one.path("sent").path("records").asInt()).isEqualTo(2_000));
        assertThat(run.measurements())
                .extracting(one -> one.path("sent").path("contestant").asText())
                .containsExactly("copy", "ours");
        assertThat(run.output())
                .contains("COPY, discarded", "Tributary", "snapshot.mode=initial", "first after", "≥ 180,000");
    }
}
