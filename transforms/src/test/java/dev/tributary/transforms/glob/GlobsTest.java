// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.glob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class GlobsTest {

    @Test
    void eachPartIsMatchedSeparately() {
        Globs globs = Globs.parse(List.of("s*.customers"), "schema.table");
        assertThat(globs.matches("shop", "customers")).isTrue();
        assertThat(globs.matches("s.customers", "x")).isFalse();
        assertThat(globs.matches("shop", "old.customers")).isFalse();
    }

    @Test
    void aStarMatchesDotsInAName() {
        assertThat(Globs.parse(List.of("shop.*"), "schema.table").matches("shop", "a.b"))
                .isTrue();
    }

    @Test
    void oneMatchingGlobIsEnough() {
        Globs globs = Globs.parse(List.of("shop.customers.email", " *.*.phone "), "schema.table.column");
        assertThat(globs.matches("shop", "customers", "email")).isTrue();
        assertThat(globs.matches("hr", "people", "phone")).isTrue();
        assertThat(globs.matches("hr", "people", "email")).isFalse();
    }

    @Test
    void noGlobsMatchNothing() {
        Globs globs = Globs.parse(List.of(), "schema.table");
        assertThat(globs.isEmpty()).isTrue();
        assertThat(globs.matches("shop", "customers")).isFalse();
    }

    @Test
    void anEntryOfAnotherFormIsRejected() {
        for (String entry : List.of("", "a", "a.b", "a.b.c.d", "a..c", "a.b.")) {
            assertThatThrownBy(() -> Globs.parse(List.of("*.*.id", entry), "schema.table.column"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("'" + entry
                            + "' does not have the form schema.table.column; * matches any part of a name, as in"
                            + " *.table.column");
        }
    }
}
