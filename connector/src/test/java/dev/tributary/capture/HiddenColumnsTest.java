// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.config.ColumnList;
import dev.tributary.config.ColumnList.Use;
import dev.tributary.config.HidingLists;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HiddenColumnsTest {

    @Test
    void namesOfAnySpellingAreRestored() {
        // Given
        String stored = "16400.2=public/a%2Fb%2C%3D/secret+%C3%A4,4294967295.1600=S/t/secret";
        HiddenColumns columns = hiding("(?s).*secret.*");

        // When
        columns.restore(stored);

        // Then
        assertThat(columns.text()).isEqualTo(stored);
    }

    @Test
    void namesThatNoOptionHidesAnyMoreAreForgotten() {
        // Given
        HiddenColumns columns = hiding("public.t.secret");

        // When
        columns.restore("1.1=public/t/secret,1.2=public/t/open");

        // Then
        assertThat(columns.text()).isEqualTo("1.1=public/t/secret");
    }

    @Test
    void anOffsetStaysSmall() {
        // Given
        HiddenColumns columns = hiding(".*");

        // When
        columns.restore(IntStream.rangeClosed(1, 10_000)
                .mapToObj(number -> number + ".1=s/t/c")
                .collect(Collectors.joining(",")));

        // Then
        assertThat(columns.text()).hasSizeLessThan(3_000).startsWith("1.1=s/t/c,2.1=s/t/c");
    }

    private static HiddenColumns hiding(String expression) {
        return new HiddenColumns(
                HidingLists.of(List.of(new ColumnList("option", Use.MASK, List.of(expression)))),
                name -> true,
                table -> false);
    }
}
