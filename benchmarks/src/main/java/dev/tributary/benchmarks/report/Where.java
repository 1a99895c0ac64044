// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.report;

import dev.tributary.benchmarks.contest.Circumstances;
import dev.tributary.benchmarks.meter.Machine;
import dev.tributary.benchmarks.transforms.TransformsResult;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Describes the machine and the versions of a run. */
final class Where {

    private static final double GIGA = 1 << 30;

    private Where() {}

    /** The description, in lines. */
    static List<String> lines(Circumstances circumstances) {
        return List.of(
                on(circumstances.date(), circumstances.machine()) + "; everything on this machine, over loopback",
                circumstances.machine().java(),
                "Postgres " + circumstances.postgres() + " (" + circumstances.postgresSettings() + ")",
                "Kafka " + circumstances.kafka() + ": one broker, a worker for each connector",
                "Debezium " + circumstances.debezium());
    }

    /** The description of a run without servers, in lines. */
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
