// SPDX-License-Identifier: Apache-2.0
package dev.tributary.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The delivery of the changes that {@link Traffic} makes.
 *
 * @param traffic writes the changes
 * @param topics where they arrive
 */
record Delivery(Traffic traffic, Topics topics) {

    private static final int STRETCH = 400;

    /** Waits until some more changes are written. */
    void awaitWritten() {
        int before = traffic.committed().size();
        await("further writes").until(() -> traffic.committed().size() > before + STRETCH);
    }

    /** Waits until some more changes are written, and all changes have arrived. */
    void awaitProgress() {
        awaitWritten();
        awaitAll();
    }

    /** Waits until all changes that are committed now have arrived. */
    void awaitAll() {
        Collection<Long> expected = traffic.committed();
        topics.await(
                "end of the " + expected.size() + " committed changes",
                changes -> without(expected, versions(changes)).isEmpty());
    }

    /** Stops the traffic, waits until all changes have arrived, and checks them. */
    void finish() {
        traffic.stop();
        awaitAll();
        verify();
    }

    /**
     * Checks the changes: every committed one has arrived, none that was rolled back has, each row is in one partition,
     * and each partition has the order of the database. A change may arrive more than once; its first arrival counts.
     */
    private void verify() {
        List<Change> changes = streamed(topics.changes());
        // By hash: containsAll compares each with each, which takes minutes for tens of thousands.
        assertThat(without(traffic.committed(), versions(changes)))
                .as("committed changes that have not arrived")
                .isEmpty();
        assertThat(without(versions(changes), traffic.possible()))
                .as("changes that were never written")
                .isEmpty();
        assertThat(partitionsOfEachRow(changes))
                .allSatisfy((row, partitions) ->
                        assertThat(partitions).as("partitions of row %s", row).hasSize(1));
        assertThat(firstArrivals(changes))
                .allSatisfy((partition, versions) -> assertThat(versions)
                        .as("versions in partition %s", partition)
                        .isSorted());
        assertThat(snapshotReads()).as("rows read by a snapshot").containsExactly(Traffic.FIRST_ROW);
    }

    private static List<Long> without(Collection<Long> all, Collection<Long> some) {
        Set<Long> rest = new LinkedHashSet<>(all);
        rest.removeAll(new HashSet<>(some));
        return List.copyOf(rest);
    }

    private List<Integer> snapshotReads() {
        return topics.changes().stream()
                .filter(change -> change.op().equals("r"))
                .map(Delivery::row)
                .toList();
    }

    private static List<Change> streamed(List<Change> changes) {
        return changes.stream()
                .filter(change -> change.op().equals("c") || change.op().equals("u"))
                .toList();
    }

    private static Set<Long> versions(List<Change> changes) {
        Set<Long> versions = new HashSet<>();
        streamed(changes).forEach(change -> versions.add(version(change)));
        return versions;
    }

    private static Map<Integer, List<Long>> firstArrivals(List<Change> changes) {
        Set<Long> seen = new HashSet<>();
        Map<Integer, List<Long>> arrivals = new TreeMap<>();
        for (Change change : changes) {
            if (seen.add(version(change))) {
                arrivals.computeIfAbsent(change.partition(), p -> new ArrayList<>())
                        .add(version(change));
            }
        }
        return arrivals;
    }

    private static Map<Integer, Set<Integer>> partitionsOfEachRow(List<Change> changes) {
        Map<Integer, Set<Integer>> partitions = new HashMap<>();
        changes.forEach(change ->
                partitions.computeIfAbsent(row(change), r -> new HashSet<>()).add(change.partition()));
        return partitions;
    }

    private static int row(Change change) {
        return change.key().path("id").asInt();
    }

    private static long version(Change change) {
        return change.after().path("version").asLong();
    }
}
