// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.contest;

import dev.tributary.benchmarks.meter.Median;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The result of one entrant after all rounds. Each number is the median of the rounds, except the slowest and the
 * fastest rate.
 *
 * @param entrant the entrant
 * @param rate rows per second
 * @param slowest the lowest rate
 * @param fastest the highest rate
 * @param cpuMicros CPU time of the process per row
 * @param allocatedBytes allocation per row
 * @param gcMillis time in garbage collection per million rows
 * @param valueBytes the size of a record's value; 0 for the bare client
 */
public record Standing(
        Entrant entrant,
        double rate,
        double slowest,
        double fastest,
        double cpuMicros,
        double allocatedBytes,
        double gcMillis,
        double valueBytes) {

    /** The results of all entrants that were measured, in the order they entered. */
    public static List<Standing> of(List<Entrant> entrants, List<Measurement> measurements) {
        return entrants.stream()
                .flatMap(entrant -> of(entrant, measurements).stream())
                .toList();
    }

    private static Optional<Standing> of(Entrant entrant, List<Measurement> all) {
        List<Measurement> own = all.stream()
                .filter(one -> one.contestant().equals(entrant.id()))
                .toList();
        if (own.isEmpty()) {
            return Optional.empty();
        }
        double[] rates = own.stream().mapToDouble(Measurement::rate).sorted().toArray();
        return Optional.of(new Standing(
                entrant,
                Median.of(rates),
                rates[0],
                rates[rates.length - 1],
                median(own, Measurement::cpuMicrosPerRow),
                median(own, Measurement::allocatedBytesPerRow),
                median(own, Measurement::gcMillisPerMillionRows),
                median(own, Measurement::valueBytes)));
    }

    private static double median(List<Measurement> measurements, ToDoubleFunction<Measurement> number) {
        return Median.of(measurements.stream().mapToDouble(number).toArray());
    }
}
