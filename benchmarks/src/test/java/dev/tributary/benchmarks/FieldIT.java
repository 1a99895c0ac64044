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

/** Three scenarios of {@code bench field} with few rows: that they measure and report, not what. */
class FieldIT {

    @TempDir
    Path directory;

    @Test
    void oneTableAndTenDatabasesAreDrained() throws Exception {
        // Given
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Path json = directory.resolve("run.json");

        // When
        int exit = new BenchCommand(new PrintStream(out, true, StandardCharsets.UTF_8))
                .run(List.of(
                        "field",
                        "--scenarios",
                        "console,deletes,connectors",
                        "--rounds",
                        "1",
                        "--rows",
                        "2000",
                        "--warm-up",
                        "1000",
                        "--json",
                        json.toString()));

        // Then
        assertThat(exit).isZero();
        JsonNode series = new ObjectMapper().readTree(json.toFile()).path("series");
        assertThat(series).hasSize(3);
        assertThat(series.get(0).path("measurements"))
                .hasSize(2)
                .allSatisfy(one -> assertThat(one.path("records").asInt()).isEqualTo(2_000));
        assertThat(series.get(1).path("measurements"))
                .hasSize(3)
                .allSatisfy(one -> assertThat(one.path("records").asInt()).isEqualTo(2_000));
        assertThat(series.get(2).path("measurements"))
                .hasSize(2)
                .allSatisfy(one -> assertThat(one.path("records").asInt()).isEqualTo(2_000));
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains(
                        "with the console shown and scraped",
                        "Deletes, each with a tombstone",
                        "Ten connectors in a worker");
    }
}
