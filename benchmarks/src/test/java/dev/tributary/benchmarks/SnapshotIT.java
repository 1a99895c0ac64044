// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole of {@code bench snapshot} with few rows: that it measures and tells, not what. */
class SnapshotIT {

    @TempDir
    Path directory;

    @Test
    void everyoneReadsTheWholeTableAnewAndTheRunIsTold() throws Exception {
        // Given
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BenchCommand command = new BenchCommand(new PrintStream(out, true, StandardCharsets.UTF_8));
        Path json = directory.resolve("run.json");

        // When
        // @formatter:off
        int exit = command.run(List.of(
                "snapshot",
                "--rounds",
                "1",
                "--rows",
                "2000",
                "--warm-up",
                "1000",
                "--contestants",
                "copy,ours",
                "--json",
                json.toString()));
        // @formatter:on

        // Then
        assertThat(exit).isZero();
        JsonNode run = new ObjectMapper().readTree(json.toFile());
        assertThat(run.path("measurements"))
                .hasSize(2)
                .allSatisfy(one ->
                        assertThat(one.path("sent").path("records").asInt()).isEqualTo(2_000));
        assertThat(run.path("measurements"))
                .extracting(one -> one.path("sent").path("contestant").asText())
                .containsExactly("copy", "ours");
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("COPY, thrown away", "Tributary", "snapshot.mode=initial", "first after", "≥ 180,000");
    }
}
