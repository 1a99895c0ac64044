// SPDX-License-Identifier: Apache-2.0
package dev.tributary.console.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of the metrics in docs/operations.md. */
class MetricsTableTest {

    private static final Path PAGE = Path.of("..", "docs", "metrics.md");

    @Test
    void itListsExactlyWhatIsExposed() throws IOException {
        // Given
        List<String> expected =
                Arrays.stream(Family.values()).map(MetricsTableTest::row).toList();

        // When
        List<String> rows = Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| `tributary_"))
                .toList();

        // Then
        assertThat(rows)
                .as(() -> "the table; it should be:\n" + String.join("\n", expected))
                .isEqualTo(expected);
    }

    private static String row(Family family) {
        return "| `" + family.seriesName() + "` | " + family.type().name().toLowerCase(Locale.ROOT) + " | "
                + family.labels().stream().map(label -> "`" + label + "`").collect(Collectors.joining(", ")) + " | "
                + family.help() + " |";
    }
}
