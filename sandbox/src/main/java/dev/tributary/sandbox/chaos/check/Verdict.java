// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the checker found.
 *
 * @param problems the first problems of each kind, at most {@link #SHOWN}
 * @param counts how many there are of each kind; a kind that did not occur is absent
 * @param keys the keys that were compared
 * @param records the records that were compared
 * @param uncompared the keys whose state was not compared, by reason and table; of a table without a key the rows. What
 *     did not occur is absent
 * @param wholeness how much was checked for whole transactions
 */
public record Verdict(
        List<Problem> problems,
        Map<Problem.Kind, Long> counts,
        long keys,
        long records,
        Map<Uncompared, Map<String, Long>> uncompared,
        Wholeness wholeness) {

    /** The problems of each kind whose text is kept. */
    public static final int SHOWN = 20;

    public boolean isGood() {
        return counts.isEmpty();
    }

    public long count(Problem.Kind kind) {
        return counts.getOrDefault(kind, 0L);
    }

    /** The keys whose state was not compared. */
    public long excused() {
        return Arrays.stream(Uncompared.values()).mapToLong(this::excused).sum();
    }

    /** Those of one reason. */
    public long excused(Uncompared reason) {
        return uncompared.getOrDefault(reason, Map.of()).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /** The counts of all kinds in one line, then what was checked of transactions, then the first problems in full. */
    public String describe() {
        StringBuilder text = new StringBuilder();
        for (Problem.Kind kind : Problem.Kind.values()) {
            text.append(kind.title()).append(' ').append(count(kind)).append(", ");
        }
        text.append(String.format(
                Locale.ROOT, "in %,d records of %,d keys; state not compared: %,d keys", records, keys, excused()));
        text.append(reasons());
        if (!wholeness.equals(Wholeness.NOT_CHECKED)) {
            text.append("\n        ").append(wholeness.describe());
        }
        if (!problems.isEmpty()) {
            text.append('\n')
                    .append(problems.stream().map(Problem::toString).collect(Collectors.joining("\n\n", "\n", "\n")));
        }
        return text.toString();
    }

    private String reasons() {
        return uncompared.keySet().stream()
                .sorted(Comparator.comparingLong((Uncompared reason) -> excused(reason))
                        .reversed()
                        .thenComparing(Comparator.naturalOrder()))
                .map(reason -> String.format(Locale.ROOT, "%s %,d", reason.title(), excused(reason)))
                .reduce((first, second) -> first + ", " + second)
                .map(reasons -> " (" + reasons + ")")
                .orElse("");
    }

    /** Collects problems. The text of one is only made if it is kept. */
    static final class Builder {

        private final List<Problem> problems = new ArrayList<>();
        private final Map<Problem.Kind, Long> counts = new EnumMap<>(Problem.Kind.class);
        private long keys;
        private long records;
        private final Map<Uncompared, Map<String, Long>> uncompared = new EnumMap<>(Uncompared.class);
        private Wholeness wholeness = Wholeness.NOT_CHECKED;

        void add(Problem.Kind kind, String relation, @Nullable String key, Supplier<String> text) {
            if (counts.merge(kind, 1L, Long::sum) <= SHOWN) {
                problems.add(new Problem(kind, relation, key, text.get()));
            }
        }

        void compared(int arrivals) {
            keys++;
            records += arrivals;
        }

        /** The state of a key, or of a row without a key, is not compared. */
        void excuse(Uncompared reason, String relation) {
            uncompared.computeIfAbsent(reason, same -> new TreeMap<>()).merge(relation, 1L, Long::sum);
        }

        void checkedWhole(Wholeness figures) {
            wholeness = figures;
        }

        Verdict build() {
            return new Verdict(
                    List.copyOf(problems), Map.copyOf(counts), keys, records, Map.copyOf(uncompared), wholeness);
        }
    }
}
