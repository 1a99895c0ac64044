// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.mask;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.transforms.event.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesTest {

    private static final Action REDACT = new Action(Action.Kind.REDACT, 0);

    @ParameterizedTest
    @CsvSource({
        "s.t.c, s.t.c, true",
        "s.t.c, s.t.cc, false",
        "s.t.c, s.t.c.d, true",
        "s.t.c.d, s.t.c, false",
        "*.t.c, s.t.c, true",
        "*.*.*, s.t.c, true",
        "*.*.*.*, s.t.c, false",
        "s.t.*x*, s.t.axb, true",
        "s.t.*x*, s.t.ab, false",
        "s.t.?, s.t.c, true",
        "s.t.?, s.t.cc, false",
        "s.t.c?*, s.t.c, false",
        "**, s.t.c, true",
        "**.c, s.t.c, true",
        "**.c, s.t.x.c, true",
        "**.c, s.t.x.d, false",
        "s.**.c, s.t.c, true",
        "s.t.**.c, s.t.c, true",
        "s.**, s.t.c, true",
        "**.**.c, s.t.c, true",
        "x.**.c, s.t.c, false",
        "s.t.C, s.t.c, false",
        "s.t.a+b, s.t.aab, false",
        "s.t.a+b, s.t.a+b, true"
    })
    void aGlobMatchesWholeNamesOfThePath(String glob, String path, boolean matches) {
        assertThat(place(List.of(glob + "=redact"), path).action() != null).isEqualTo(matches);
    }

    @Test
    void aQuestionMarkMatchesCharactersThatRulesCannotContain() {
        Place row = Rules.parse(List.of("s.t.a?b=redact")).of(new TableName("s", "t"));
        for (String name : List.of("a.b", "a,b", "a=b", "a b", "a\nb", "a\uD83D\uDE00b")) {
            assertThat(row.below(name).action()).as(name).isEqualTo(REDACT);
        }
    }

    @Test
    void aPlaceThatNoRuleReachesMatchesNothing() {
        assertThat(place(List.of("s.t.c=redact", "s.u.c:/d=null"), "s.t.d").matchesNothing())
                .isTrue();
        assertThat(place(List.of("s.t.c=redact"), "s.u").matchesNothing()).isTrue();
        assertThat(place(List.of("s.t.c=redact"), "s.t").matchesNothing()).isFalse();
        assertThat(place(List.of("s.t.c:/d=redact"), "s.t.c").matchesNothing()).isFalse();
    }

    @Test
    void equivalentPlacesAreTheSameObject() {
        Rules rules = Rules.parse(List.of("s.t_*.c=redact"));
        assertThat(rules.of(new TableName("s", "t_1"))).isSameAs(rules.of(new TableName("s", "t_2")));
    }

    @Test
    void moreNamesThanAreCachedAreDistinguishedAsWell() {
        Place map = place(List.of("s.t.c.secret?*=redact", "s.t.c.*.*.x=null"), "s.t.c");
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 2000; i++) {
                assertThat(map.below("secret" + i).action()).isEqualTo(REDACT);
                assertThat(map.below("other" + i).action()).isNull();
            }
        }
    }

    /** Compares with the definition: the first of the rules that match the path or a prefix of it. */
    @Test
    void placesAgreeWithTheRules() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("RulesTest seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 2000; round++) {
            // Given
            List<String> globs = random.ints(1 + random.nextInt(5), 0, 2)
                    .mapToObj(document -> glob(random, ".", 3) + (document == 1 ? ":/" + glob(random, "/", 1) : ""))
                    .distinct()
                    .toList();
            List<String> rules = IntStream.range(0, globs.size())
                    .mapToObj(i -> globs.get(i) + "=truncate:" + i)
                    .toList();
            Rules parsed = Rules.parse(rules);
            for (int i = 0; i < 10; i++) {
                List<String> column = path(random, 3);
                List<String> part = path(random, 0);

                // When
                Place place = parsed.of(new TableName(column.get(0), column.get(1)));
                for (String name : column.subList(2, column.size())) {
                    place = place.below(name);
                }
                Place inDocument = place.document();
                if (inDocument != null) {
                    for (String name : part) {
                        inDocument = inDocument.below(name);
                    }
                }

                // Then
                Supplier<String> text = () -> rules + " for " + column + " and in it " + part;
                assertThat(index(place)).as(text).isEqualTo(first(globs, column, null));
                if (inDocument != null) {
                    assertThat(index(inDocument)).as(text).isEqualTo(first(globs, column, part));
                } else {
                    assertThat(first(globs, column, part)).as(text).isEqualTo(first(globs, column, null));
                }
            }
        }
    }

    private static int index(Place place) {
        Action action = place.action();
        return action == null ? -1 : action.length();
    }

    private static int first(List<String> globs, List<String> column, @Nullable List<String> part) {
        for (int i = 0; i < globs.size(); i++) {
            String[] glob = globs.get(i).split(":/", -1);
            boolean ofColumn = matchesAPrefix(List.of(glob[0].split("\\.", -1)), column);
            boolean ofPart =
                    glob.length == 1 || (part != null && matchesAPrefix(List.of(glob[1].split("/", -1)), part));
            if (ofColumn && ofPart) {
                return i;
            }
        }
        return -1;
    }

    private static boolean matchesAPrefix(List<String> glob, List<String> path) {
        return IntStream.rangeClosed(0, path.size()).anyMatch(length -> matches(glob, path.subList(0, length)));
    }

    private static boolean matches(List<String> glob, List<String> path) {
        if (glob.isEmpty()) {
            return path.isEmpty();
        }
        List<String> others = glob.subList(1, glob.size());
        if (glob.get(0).equals("**")) {
            return IntStream.rangeClosed(0, path.size()).anyMatch(n -> matches(others, path.subList(n, path.size())));
        }
        return !path.isEmpty()
                && path.get(0).matches(glob.get(0).replace("*", ".*").replace('?', '.'))
                && matches(others, path.subList(1, path.size()));
    }

    private static String glob(Random random, String separator, int least) {
        List<String> parts = new ArrayList<>();
        int count = least + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            parts.add(List.of("a", "b", "ab", "*", "a*", "?", "**").get(random.nextInt(7)));
        }
        return String.join(separator, parts);
    }

    private static List<String> path(Random random, int least) {
        return random.ints(least + random.nextInt(4), 0, 3)
                .mapToObj(i -> List.of("a", "b", "ab").get(i))
                .collect(Collectors.toList());
    }

    private static Place place(List<String> rules, String path) {
        List<String> names = List.of(path.split("\\.", -1));
        Place place = Rules.parse(rules).of(new TableName(names.get(0), names.get(1)));
        for (String name : names.subList(2, names.size())) {
            place = place.below(name);
        }
        return place;
    }
}
