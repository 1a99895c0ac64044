// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.report;

import dev.tributary.benchmarks.contest.Entrant;
import java.util.List;
import java.util.stream.Collectors;

/** Shows the options of all entrants. */
final class Configurations {

    private Configurations() {}

    /** A block of lines for each entrant. */
    static String of(List<Entrant> entrants) {
        return entrants.stream()
                .map(entrant -> "# " + entrant.title() + "\n"
                        + entrant.options().entrySet().stream()
                                .map(option -> option.getKey() + "=" + option.getValue())
                                .collect(Collectors.joining("\n")))
                .collect(Collectors.joining("\n\n"));
    }
}
