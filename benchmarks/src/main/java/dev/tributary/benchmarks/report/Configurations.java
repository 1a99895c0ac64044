// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.report;

import dev.tributary.benchmarks.contest.Entrant;
import java.util.List;
import java.util.stream.Collectors;

/** Shows with which options everyone took part. */
final class Configurations {

    private Configurations() {}

    /** A block of lines for each. */
    static String of(List<Entrant> entrants) {
        return entrants.stream()
                .map(entrant -> "# " + entrant.title() + "\n"
                        + entrant.options().entrySet().stream()
                                .map(option -> option.getKey() + "=" + option.getValue())
                                .collect(Collectors.joining("\n")))
                .collect(Collectors.joining("\n\n"));
    }
}
