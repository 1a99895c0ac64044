// SPDX-License-Identifier: Apache-2.0
package dev.tributary.row;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ArrayTextTest {

    @Test
    void elementsAreThoseBetweenTheBraces() {
        assertThat(new ArrayText("{}").elements()).isEmpty();
        assertThat(new ArrayText("{a}").elements()).containsExactly("a");
        assertThat(new ArrayText("{a,NULL,\"NULL\",\"\",\"q\\\"uo,te\",\"{\",b c}").elements())
                .containsExactly("a", null, "NULL", "", "q\"uo,te", "{", "b c");
    }

    @Test
    void aTypeCanHaveAnotherDelimiterThanAComma() {
        assertThat(new ArrayText("{(1,1),(0,0);NULL;\";\"}", ';').elements()).containsExactly("(1,1),(0,0)", null, ";");
        assertThat(new ArrayText("{01:02}", ':').elements()).containsExactly("01", "02");
    }

    @Test
    void boundsAreNoElements() {
        assertThat(new ArrayText("[-1:0]={7,8}").elements()).containsExactly("7", "8");
    }

    @Test
    void vectorsHaveSpacesBetweenTheirElements() {
        assertThat(new ArrayText("1 -2").elements()).containsExactly("1", "-2");
        assertThat(new ArrayText("").elements()).isEmpty();
    }

    @Test
    void innerArraysAreDistinguishedFromTextsThatBeginWithABrace() {
        assertThat(new ArrayText("{{1},{2}}").hasInnerArrays()).isTrue();
        assertThat(new ArrayText("[0:0][1:1]={{1}}").hasInnerArrays()).isTrue();
        assertThat(new ArrayText("{\"{1}\"}").hasInnerArrays()).isFalse();
        assertThat(new ArrayText("{}").hasInnerArrays()).isFalse();
    }
}
