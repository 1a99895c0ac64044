// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.report;

import dev.tributary.benchmarks.contest.Circumstances;
import dev.tributary.benchmarks.meter.Machine;
import dev.tributary.benchmarks.transforms.TransformsResult;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Describes where and with what a run was made. */
final class Where {

    private static final double GIGA = 1 << 30;

    private Where() {}

    /** A line for each thing. */
    static List<String> lines(Circumstances circumstances) {
        return List.of(
                on(circumstances.date(), circumstances.machine()) + "; everything on this one machine, over loopback",
                circumstances.machine().java(),
                "Postgres " + circumstances.postgres() + " (" + circumstances.postgresSettings() + ")",
                "Kafka " + circumstances.kafka() + ": one broker, a worker for each connector",
                "Debezium " + circumstances.debezium());
    }

    /** The same for a run without servers. */
    static List<String> lines(TransformsResult result) {
        return List.of(
                on(result.date(), result.machine()),
                result.machine().java(),
                "Kafka " + result.kafka() + ", Debezium " + result.debezium());
    }

    private static String on(String date, Machine machine) {
        return String.format(
                Locale.ROOT,
                "%s: %s, %d cores, %.0f GB of memory, %s",
                date,
                machine.cpu(),
                machine.cores(),
                machine.memoryBytes() / GIGA,
                machine.system());
    }

    static String markdown(TransformsResult result) {
        return markdown(lines(result));
    }

    static String markdown(Circumstances circumstances) {
        return markdown(lines(circumstances));
    }

    private static String markdown(List<String> lines) {
        return lines.stream().map(line -> "- " + line).collect(Collectors.joining("\n"));
    }
}
