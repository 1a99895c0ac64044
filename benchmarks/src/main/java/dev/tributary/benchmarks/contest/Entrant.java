// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.contest;

import java.util.Map;
import java.util.TreeMap;

/**
 * A participant of a run, as its result describes it.
 *
 * @param id the id in the measurements
 * @param title the name in tables
 * @param options its options, in alphabetical order; how it works if it is not a connector
 */
public record Entrant(String id, String title, Map<String, String> options) {

    public Entrant {
        options = new TreeMap<>(options);
    }

    public static Entrant of(Contestant contestant) {
        return new Entrant(contestant.id(), contestant.title(), contestant.options());
    }
}
