// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole of {@code bench transactions} with few rows: that it measures and reports, not what. */
class TransactionsIT {

    @TempDir
    Path directory;

    @Test
    void everyContestantDrainsBacklogsOfEachSize() throws Exception {
        // When
        BenchRun run = BenchRun.of("transactions", "ours,ours-connector,stock-poll", directory);

        // Then
        assertThat(run.exit()).isZero();
        JsonNode json =
                new ObjectMapper().readTree(directory.resolve("run.json").toFile());
        List<Integer> sizes = new ArrayList<>();
        for (JsonNode series : json.path("series")) {
            sizes.add(series.path("rowsPerTransaction").asInt());
            assertThat(series.path("measurements"))
                    .hasSize(3)
                    .allSatisfy(one -> assertThat(one.path("records").asInt()).isEqualTo(2_000));
        }
        assertThat(sizes).containsExactly(1, 10, 1_000);
        assertThat(run.output()).contains("transaction.boundary=connector", "relative to at least once");
    }
}
