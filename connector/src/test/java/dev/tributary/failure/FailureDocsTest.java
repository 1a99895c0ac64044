// SPDX-License-Identifier: Apache-2.0
package dev.tributary.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.failure.Failure.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the docs say about the failures that a task waits for. */
class FailureDocsTest {

    private static final Path DOCS = Path.of("..", "docs");
    private static final Pattern SQL_STATE = Pattern.compile("`([0-9A-Z]{5})`");
    private static final Pattern KIND = Pattern.compile("`([A-Z]+(?:_[A-Z]+)+)`");

    @Test
    void theTableOfStatesHasThoseThatAreWaitedFor() throws IOException {
        // Given
        String page = Files.readString(DOCS.resolve("differences-from-debezium.md"));
        String table = page.substring(page.indexOf("| SQLSTATE |"));

        // When
        List<String> states = texts(SQL_STATE, table.substring(0, table.indexOf("\n\n")));

        // Then
        assertThat(states).containsExactlyInAnyOrderElementsOf(FailurePolicy.waitedFor());
    }

    @Test
    void theTableOfMBeansHasTheKindsThatAreWaitedFor() throws IOException {
        // Given
        EnumSet<Kind> fatal = EnumSet.of(
                Kind.CONVERSION,
                Kind.PUBLICATION_MISSING,
                Kind.REFUSED,
                Kind.TRANSACTION_TOO_LARGE,
                Kind.CHECK_FAILED,
                Kind.UNEXPECTED);
        String row = Files.readAllLines(DOCS.resolve("operations.md")).stream()
                .filter(line -> line.contains("`FailureKind` says"))
                .findFirst()
                .orElseThrow();

        // When
        List<String> kinds = texts(KIND, row);

        // Then
        assertThat(kinds)
                .containsExactlyInAnyOrderElementsOf(
                        EnumSet.complementOf(fatal).stream().map(Kind::name).toList());
    }

    private static List<String> texts(Pattern pattern, String page) {
        return pattern.matcher(page)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }
}
