// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.report;

import dev.tributary.benchmarks.contest.Circumstances;
import dev.tributary.benchmarks.meter.Machine;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Describes where and with what a run was made. */
final class Where {

    private static final double GIGA = 1 << 30;

    private Where() {}

    /** A line for each thing. */
    static List<String> lines(Circumstances circumstances) {
        Machine machine = circumstances.machine();
        return List.of(
                String.format(
                        Locale.ROOT,
                        "%s: %s, %d cores, %.0f GB of memory, %s; everything on this one machine, over loopback",
                        circumstances.date(),
                        machine.cpu(),
                        machine.cores(),
                        machine.memoryBytes() / GIGA,
                        machine.system()),
                machine.java(),
                "Postgres " + circumstances.postgres() + " (" + circumstances.postgresSettings() + ")",
                "Kafka " + circumstances.kafka() + ": one broker, a worker for each connector",
                "Debezium " + circumstances.debezium());
    }

    static String markdown(Circumstances circumstances) {
        return lines(circumstances).stream().map(line -> "- " + line).collect(Collectors.joining("\n"));
    }
}
