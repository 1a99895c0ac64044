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

/** The whole of {@code bench stream} with few rows: that it measures and tells, not what. */
class StreamIT {

    @TempDir
    Path directory;

    @Test
    void everyoneDrainsTheWholeBacklogAndTheRunIsTold() throws Exception {
        // Given
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BenchCommand command = new BenchCommand(new PrintStream(out, true, StandardCharsets.UTF_8));
        Path json = directory.resolve("run.json");
        Path svg = directory.resolve("run.svg");

        // When
        // @formatter:off
        int exit = command.run(List.of(
                "stream",
                "--rounds",
                "1",
                "--rows",
                "2000",
                "--warm-up",
                "1000",
                "--contestants",
                "bare,stock-default,ours",
                "--json",
                json.toString(),
                "--svg",
                svg.toString()));
        // @formatter:on

        // Then
        assertThat(exit).isZero();
        JsonNode run = new ObjectMapper().readTree(json.toFile());
        assertThat(run.path("measurements"))
                .hasSize(3)
                .allSatisfy(one -> assertThat(one.path("records").asInt()).isEqualTo(2_000));
        assertThat(run.path("measurements"))
                .extracting(one -> one.path("contestant").asText())
                .containsExactly("bare", "stock-default", "ours");
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains(
                        "Bare client", "Debezium, default", "Tributary", "plugin.name=pgoutput", "worker CPU per row");
        assertThat(svg).content().contains("<svg", "Debezium, default");
    }
}
