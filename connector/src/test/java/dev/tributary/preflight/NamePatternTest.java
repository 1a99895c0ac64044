// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamePatternTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "public.orders",
                "public\\.orders",
                "public.aufträge",
                "a.заказы",
                "a.注文",
                "a.b c",
                "a.x#1",
                "a.b\\$c"
            })
    void whatHasNoMeaningInAnExpressionIsAName(String text) {
        assertThat(new NamePattern(text).isName()).isTrue();
        assertThat(new NamePattern(text).matcher()).accepts(text.replace("\\", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "public\\..*",
                "public.(a|b)",
                "a|b",
                "public.t\\d",
                "public.[ab]",
                "^public.a",
                "a.b+",
                "a.\\Qb\\E"
            })
    void anythingElseIsAnExpression(String text) {
        assertThat(new NamePattern(text).isName()).isFalse();
    }
}
