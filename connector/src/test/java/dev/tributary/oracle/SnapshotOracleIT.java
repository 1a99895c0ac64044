// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.tributary.postgres.PostgresServer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** Every type, as a snapshot reads it, with every mode of the options that have to do with it. */
class SnapshotOracleIT {

    private static PostgresServer server;
    private static Wal wal;

    @BeforeAll
    static void write() throws Exception {
        server = Wal.server();
        wal = Wal.after(server, Everything.preparations());
        wal.write(Everything.changes());
        // A snapshot of Debezium's ends with a null pointer at a table without columns.
        wal.write(Statement.on(0, "DROP TABLE no_columns"));
    }

    @AfterAll
    static void stop() {
        wal.close();
        server.close();
    }

    @TestFactory
    Stream<DynamicNode> rowsAreEqualToDebeziums() {
        return Modes.chosen()
                .map(mode -> dynamicContainer(mode.name(), Stream.of(mode).flatMap(SnapshotOracleIT::tests)));
    }

    private static Stream<DynamicNode> tests(Mode mode) {
        List<SourceRecord> expected = wal.snapshot(Contender.DEBEZIUM, mode.options());
        List<SourceRecord> actual = wal.snapshot(Contender.TRIBUTARY, mode.options());
        Stream<DynamicNode> markers = Stream.of(dynamicTest("the first and last rows", () -> assertMarked(actual)));
        Readings readings = new Readings(
                expected.stream().map(SnapshotMoments::level).toList(),
                actual.stream().map(SnapshotMoments::level).toList());
        return Stream.concat(markers, readings.testsOfTopics());
    }

    private static void assertMarked(List<SourceRecord> rows) {
        Map<String, Integer> counts = new HashMap<>();
        rows.forEach(row -> counts.merge(SnapshotMoments.marker(row), 1, Integer::sum));
        long topics = rows.stream().map(SourceRecord::topic).distinct().count();
        assertThat(SnapshotMoments.marker(rows.get(0))).isEqualTo("first");
        assertThat(SnapshotMoments.marker(rows.get(rows.size() - 1))).isEqualTo("last");
        assertThat(counts).containsEntry("first", 1).containsEntry("last", 1);
        assertThat(counts.getOrDefault("last_in_data_collection", 0)).isEqualTo((int) topics - 1);
    }
}
