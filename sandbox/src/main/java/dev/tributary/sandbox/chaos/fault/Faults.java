// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.fault;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every fault there is. */
public final class Faults {

    private static final List<Fault> ALL = Stream.of(
                    ProcessFaults.all(),
                    LinkFaults.all(),
                    FailoverFaults.all(),
                    SlotFaults.all(),
                    RoleFaults.all(),
                    ConnectorFaults.all(),
                    TopicFaults.all(),
                    SchemaFaults.all(),
                    NameFaults.all(),
                    PublicationFaults.all(),
                    PartitionFaults.all(),
                    SnapshotFaults.all(),
                    DiskFaults.all(),
                    ClockFaults.all(),
                    LoadFaults.all())
            .flatMap(List::stream)
            .toList();

    private Faults() {}

    /** All of them, always in the same order. */
    public static List<Fault> all() {
        return ALL;
    }

    /** The names of the families. */
    public static Set<String> families() {
        return ALL.stream().map(Fault::family).collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
