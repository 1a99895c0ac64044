// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.glob;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {

    private static final int ROUNDS = 20_000;

    @ParameterizedTest
    @CsvSource({
        "orders, orders, true",
        "orders, order, false",
        "orders, orders2, false",
        "orders, Orders, false",
        "*, orders, true",
        "*, '', true",
        "*s, orders, true",
        "o*, orders, true",
        "o*s, os, true",
        "o*s, o, false",
        "o*o, o, false",
        "*d*, orders, true",
        "*_*_*, a_b_c, true",
        "*_*_*, a_bc, false",
        "a*bc*bcd, abcbcd, true",
        "a*bc*bcd, abcd, false",
        "**, orders, true",
        "o.*s, o.xs, true",
        "o.*s, oxxs, false",
        "[a-z]*, orders, false",
    })
    void aStarMatchesAnyCharacters(String glob, String name, boolean matches) {
        assertThat(Glob.parse(glob).matches(name)).isEqualTo(matches);
    }

    @Test
    void matchesTheSameNamesAsTryingEveryWay() {
        // Given
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("GlobTest seed " + seed);
        Random random = new Random(seed);
        int matched = 0;

        for (int round = 0; round < ROUNDS; round++) {
            String glob = text(random, "ab*", 7);
            String name = text(random, "ab", 9);

            // When
            boolean matches = Glob.parse(glob).matches(name);

            // Then
            assertThat(matches).as("%s of %s", glob, name).isEqualTo(slowly(glob, name));
            matched += matches ? 1 : 0;
        }
        assertThat(matched).isGreaterThan(ROUNDS / 100);
    }

    private static String text(Random random, String letters, int most) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(most + 1); length > 0; length--) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.toString();
    }

    private static boolean slowly(String glob, String name) {
        if (glob.isEmpty()) {
            return name.isEmpty();
        }
        if (glob.charAt(0) == '*') {
            return slowly(glob.substring(1), name) || (!name.isEmpty() && slowly(glob, name.substring(1)));
        }
        return !name.isEmpty() && name.charAt(0) == glob.charAt(0) && slowly(glob.substring(1), name.substring(1));
    }
}
