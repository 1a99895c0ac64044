// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox;

import java.util.Map;
import java.util.TreeMap;

/**
 * The settings of the producer that the first connector in README has. The demo has the same, and the benchmarks
 * measure them.
 */
public final class ProducerSettings {

    /** They are options of a connector, in alphabetical order. */
    public static final Map<String, String> RECOMMENDED = Map.copyOf(new TreeMap<>(Map.of(
            "producer.override.batch.size", "524288",
            "producer.override.compression.type", "lz4",
            "producer.override.linger.ms", "5")));

    private ProducerSettings() {}
}
