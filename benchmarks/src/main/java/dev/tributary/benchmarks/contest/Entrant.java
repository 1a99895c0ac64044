// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.contest;

import java.util.Map;
import java.util.TreeMap;

/**
 * Who took part in a run, for those who read of it.
 *
 * @param id what measurements name it by
 * @param title what tables call it
 * @param options its options, in alphabetical order; of what is no connector, how it works
 */
public record Entrant(String id, String title, Map<String, String> options) {

    public Entrant {
        options = new TreeMap<>(options);
    }

    public static Entrant of(Contestant contestant) {
        return new Entrant(contestant.id(), contestant.title(), contestant.options());
    }
}
