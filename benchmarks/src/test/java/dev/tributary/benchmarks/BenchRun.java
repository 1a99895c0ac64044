// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A whole benchmark of one round with few rows.
 *
 * @param exit the exit code
 * @param output what it printed
 * @param measurements what it wrote as JSON
 */
record BenchRun(int exit, String output, JsonNode measurements) {

    /** Runs a benchmark that reads 2000 rows, after 1000 to warm up. */
    static BenchRun of(String benchmark, String contestants, Path directory, String... more) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Path json = directory.resolve("run.json");
        List<String> arguments = new ArrayList<>(List.of(benchmark, "--rounds", "1", "--rows", "2000"));
        arguments.addAll(List.of("--warm-up", "1000", "--contestants", contestants, "--json", json.toString()));
        arguments.addAll(List.of(more));
        int exit = new BenchCommand(new PrintStream(out, true, StandardCharsets.UTF_8)).run(arguments);
        JsonNode run = new ObjectMapper().readTree(json.toFile());
        return new BenchRun(exit, out.toString(StandardCharsets.UTF_8), run.path("measurements"));
    }
}
