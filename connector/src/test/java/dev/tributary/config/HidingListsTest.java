// SPDX-License-Identifier: Apache-2.0
package dev.tributary.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.config.ColumnList.Use;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HidingListsTest {

    @ParameterizedTest
    @CsvSource({
        "MASK, MASK, true",
        "MASK, EXCLUDE, true",
        "MASK, TRUNCATE, false",
        "EXCLUDE, MASK, true",
        "EXCLUDE, TRUNCATE, false",
        "TRUNCATE, MASK, true",
        "TRUNCATE, TRUNCATE, true",
        "MASK, INCLUDE, false",
        "MASK, KEY, false"
    })
    void anotherOptionReplacesOneIfItHidesAtLeastAsMuch(Use use, Use other, boolean replaces) {
        // Given
        HidingLists lists = HidingLists.of(List.of(
                new ColumnList("one", use, List.of("s.t.a")), new ColumnList("other", other, List.of("s.t.b"))));

        // Then
        assertThat(lists.hidingOnly("s.t.a", "s.t.b").isEmpty()).isEqualTo(replaces);
    }

    @Test
    void whatNoOptionHidesMayHaveAnyName() {
        // Given
        HidingLists lists = HidingLists.of(List.of(new ColumnList("one", Use.MASK, List.of("s.t.a"))));

        // Then
        assertThat(lists.hidingOnly("s.t.b", "s.t.c")).isEmpty();
        assertThat(lists.hidingOnly("s.t.a", "s.t.c")).contains("one");
        assertThat(lists.hides("S.T.A")).isTrue();
    }
}
