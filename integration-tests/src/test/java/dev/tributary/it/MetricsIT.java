// SPDX-License-Identifier: Apache-2.0
package dev.tributary.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import org.junit.jupiter.api.Test;

/** The MBeans that a monitoring system for Debezium expects. */
class MetricsIT {

    private static final Set<String> BOTH = Set.of(
            "LastEvent",
            "MilliSecondsSinceLastEvent",
            "TotalNumberOfEventsSeen",
            "TotalNumberOfCreateEventsSeen",
            "TotalNumberOfUpdateEventsSeen",
            "TotalNumberOfDeleteEventsSeen",
            "TotalNumberOfReadEventsSeen",
            "NumberOfEventsFiltered",
            "NumberOfErroneousEvents",
            "QueueTotalCapacity",
            "QueueRemainingCapacity",
            "MaxQueueSizeInBytes",
            "CurrentQueueSizeInBytes",
            "CapturedTables");

    private static final Set<String> STREAMING = Set.of(
            "Connected",
            "SourceEventPosition",
            "MilliSecondsBehindSource",
            "NumberOfCommittedTransactions",
            "LastTransactionId",
            "TotalNumberOfLogicalMessageEventsSeen",
            "NumberOfUnchangedEventsSkipped",
            "MilliSecondsBehindSourceMinValue",
            "MilliSecondsBehindSourceMaxValue",
            "MilliSecondsBehindSourceAverageValue",
            "MilliSecondsBehindSourceP50",
            "MilliSecondsBehindSourceP95",
            "MilliSecondsBehindSourceP99",
            "NumberOfCreateEventsSeen",
            "NumberOfDeleteEventsSeen",
            "NumberOfUpdateEventsSeen",
            "NumberOfTruncateEventsSeen");

    private static final Set<String> SNAPSHOT = Set.of(
            "TotalTableCount",
            "RemainingTableCount",
            "SnapshotRunning",
            "SnapshotPaused",
            "SnapshotCompleted",
            "SnapshotAborted",
            "SnapshotSkipped",
            "SnapshotDurationInSeconds",
            "SnapshotPausedDurationInSeconds",
            "RowsScanned",
            "ChunkId",
            "ChunkFrom",
            "ChunkTo",
            "TableFrom",
            "TableTo",
            "TableChunkCounts",
            "TableChunksCompletedCounts");

    private final Servers servers = Servers.shared();

    @Test
    void theSnapshotIsCounted() throws Exception {
        // Given
        TestDatabase database = servers.database();
        database.execute("CREATE TABLE item (id int PRIMARY KEY)", "INSERT INTO item VALUES (1), (2), (3)");

        try (TestConnector connector = new TestConnector(servers.rest(), database).tables("public.item");
                Topics topics = new Topics(servers, connector);
                Jmx jmx = new Jmx(servers.worker())) {
            ObjectName snapshot = Jmx.metrics("snapshot", connector);

            // When
            connector.start();
            topics.await("item", 3);
            await("the end of the snapshot")
                    .until(() -> jmx.read(snapshot, "SnapshotCompleted").equals(true));

            // Then
            assertThat(jmx.attributes(snapshot)).isEqualTo(union(BOTH, SNAPSHOT));
            assertThat(jmx.read(snapshot, "SnapshotCompleted")).isEqualTo(true);
            assertThat(jmx.read(snapshot, "SnapshotRunning")).isEqualTo(false);
            assertThat(jmx.number(snapshot, "TotalTableCount")).isOne();
            assertThat(jmx.number(snapshot, "RemainingTableCount")).isZero();
            assertThat(jmx.number(snapshot, "TotalNumberOfReadEventsSeen")).isEqualTo(3);
            assertThat((String[]) jmx.read(snapshot, "CapturedTables")).containsExactly("public.item");
            assertThat(values(jmx.read(snapshot, "RowsScanned"))).contains(Map.entry("public.item", 3L));
        }
    }

    @Test
    void changesAreCountedByKindAndTheLastOneIsDescribed() throws Exception {
        // Given
        TestDatabase database = servers.database();
        database.execute("CREATE TABLE item (id int PRIMARY KEY, step int)");

        try (TestConnector connector = new TestConnector(servers.rest(), database).tables("public.item");
                Topics topics = new Topics(servers, connector);
                Jmx jmx = new Jmx(servers.worker())) {
            ObjectName streaming = Jmx.metrics("streaming", connector);
            connector.start();

            // When
            database.execute(
                    "INSERT INTO item SELECT n, 0 FROM generate_series(1, 5) n",
                    "UPDATE item SET step = 1 WHERE id <= 2",
                    "DELETE FROM item WHERE id = 5");
            Change last = topics.await("item", 9).stream()
                    .filter(change -> change.op().equals("d"))
                    .findFirst()
                    .orElseThrow();

            // Then
            assertThat(jmx.attributes(streaming)).isEqualTo(union(BOTH, STREAMING));
            assertThat(jmx.read(streaming, "Connected")).isEqualTo(true);
            assertThat(jmx.number(streaming, "TotalNumberOfCreateEventsSeen")).isEqualTo(5);
            assertThat(jmx.number(streaming, "TotalNumberOfUpdateEventsSeen")).isEqualTo(2);
            assertThat(jmx.number(streaming, "TotalNumberOfDeleteEventsSeen")).isEqualTo(1);
            assertThat(jmx.number(streaming, "TotalNumberOfEventsSeen")).isEqualTo(8);
            assertThat(jmx.number(streaming, "MilliSecondsBehindSource")).isNotNegative();
            assertThat(jmx.number(streaming, "MilliSecondsSinceLastEvent")).isNotNegative();
            assertThat(jmx.read(streaming, "LastTransactionId"))
                    .isEqualTo(last.source().path("txId").asText());
            assertThat(values(jmx.read(streaming, "SourceEventPosition")))
                    .contains(Map.entry("lsn", last.source().path("lsn").asText()));
            assertThat((String) jmx.read(streaming, "LastEvent")).isNotEmpty();
            assertThat((String[]) jmx.read(streaming, "CapturedTables")).containsExactly("public.item");
        }
    }

    @Test
    void countersStartAgainWhenTheyAreReset() throws Exception {
        // Given
        TestDatabase database = servers.database();
        database.execute("CREATE TABLE item (id int PRIMARY KEY)");

        try (TestConnector connector = new TestConnector(servers.rest(), database).tables("public.item");
                Topics topics = new Topics(servers, connector);
                Jmx jmx = new Jmx(servers.worker())) {
            ObjectName streaming = Jmx.metrics("streaming", connector);
            connector.start();
            database.execute("INSERT INTO item VALUES (1), (2)");
            topics.await("item", 2);

            // When
            jmx.invoke(streaming, "reset");
            database.execute("INSERT INTO item VALUES (3)");
            topics.await("item", 3);

            // Then
            assertThat(jmx.number(streaming, "TotalNumberOfCreateEventsSeen")).isOne();
        }
    }

    @Test
    void theMBeansAreRemovedWithTheConnector() throws Exception {
        // Given
        TestDatabase database = servers.database();
        database.execute("CREATE TABLE item (id int PRIMARY KEY)", "INSERT INTO item VALUES (1)");

        try (TestConnector connector = new TestConnector(servers.rest(), database).tables("public.item");
                Topics topics = new Topics(servers, connector);
                Jmx jmx = new Jmx(servers.worker())) {
            connector.start();
            topics.await("item", 1);

            // When
            connector.close();

            // Then
            await("the task's end").untilAsserted(() -> {
                assertThat(jmx.exists(Jmx.metrics("streaming", connector))).isFalse();
                assertThat(jmx.exists(Jmx.metrics("snapshot", connector))).isFalse();
            });
        }
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> all = new TreeSet<>(one);
        all.addAll(other);
        return all;
    }

    /** A map, in the form in which an MXBean passes it to a client without its classes. */
    private static Map<Object, Object> values(Object map) {
        Map<Object, Object> values = new HashMap<>();
        ((TabularData) map).values().forEach(row -> {
            CompositeData entry = (CompositeData) row;
            values.put(entry.get("key"), entry.get("value"));
        });
        return values;
    }
}
