// SPDX-License-Identifier: Apache-2.0
package dev.tributary.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tributary.sandbox.ConnectWorker;
import dev.tributary.sandbox.PostgresServer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Thousands of tables in a worker with a small heap: the snapshot is interrupted in the middle and resumed, then every
 * table is changed and streamed. All records go to one topic, because the test is not about the broker.
 *
 * <p>More tables: {@code -Dmany.tables=10000 -Dmany.tables.heap=512m}.
 */
class ManyTablesIT {

    private static final int TABLES = Integer.getInteger("many.tables", 500);
    private static final String HEAP = System.getProperty("many.tables.heap", "256m");
    private static final int ROWS = 5;

    /** The most that a worker's producer sends by default, {@code max.request.size}. */
    private static final int LARGEST_OFFSET = 1_048_576;

    private final Servers servers = Servers.shared();

    @ParameterizedTest
    @ValueSource(strings = {"enabled", "disabled"})
    void theSnapshotResumesAndEveryTableIsStreamed(String exactlyOnce) throws Exception {
        try (PostgresServer postgres = servers.newPostgres()
                .setting("max_locks_per_transaction", "256")
                .start()) {
            TestDatabase database = Servers.database(postgres);
            long began = System.nanoTime();
            createTables(database);
            report("tables created", began);
            try (ConnectWorker worker = servers.worker("many-" + exactlyOnce)
                            .heap(HEAP)
                            .property("exactly.once.source.support", exactlyOnce)
                            .start();
                    TestConnector connector = connector(worker, database);
                    Topics topics = new Topics(servers, connector)) {
                // Given
                began = System.nanoTime();
                connector.start();
                topics.await("half of the rows", changes -> changes.size() >= TABLES * ROWS / 2);
                report("half of the rows", began);

                // When
                worker.kill();
                worker.start();

                // Then
                began = System.nanoTime();
                topics.await("all rows", changes -> rows(changes).size() == TABLES * ROWS);
                report("the other half, after a crash", began);
                assertThat(rows(topics.changes()).values().stream()
                                .mapToInt(count -> count)
                                .sum())
                        .as("rows read, again or for the first time")
                        .isLessThan(TABLES * ROWS * 2);

                // When
                began = System.nanoTime();
                updateAll(database, 1);
                topics.await("all changes", changes -> changed(changes, 1).size() == TABLES);
                report("a change of every table", began);
                worker.stop();
                worker.start();
                began = System.nanoTime();
                updateAll(database, 2);
                topics.await(
                        "all changes after a restart",
                        changes -> changed(changes, 2).size() == TABLES);
                report("a change of every table, after a restart", began);

                // Then
                int largest = largestOffset(connector);
                System.out.printf(
                        "ManyTablesIT: exactly-once %s, %d tables, offset of %d bytes%n", exactlyOnce, TABLES, largest);
                assertThat(largest).isLessThan(LARGEST_OFFSET / 4);
                assertThat(changed(topics.changes(), 1).values())
                        .as("changes of each table")
                        .allMatch(count -> exactlyOnce.equals("disabled") || count == 1);
            }
        }
    }

    private static TestConnector connector(ConnectWorker worker, TestDatabase database) {
        return new TestConnector(worker.rest(), database)
                .with("transforms", "one")
                .with("transforms.one.type", "org.apache.kafka.connect.transforms.RegexRouter")
                .with("transforms.one.regex", ".*")
                .with("transforms.one.replacement", database.name() + ".all")
                .with("topic.creation.default.partitions", "1")
                .with("snapshot.max.threads", "4")
                .with("publication.autocreate.mode", "all_tables");
    }

    private static void createTables(TestDatabase database) throws Exception {
        database.execute("""
                DO $$ BEGIN
                  FOR i IN 1..%d LOOP
                    EXECUTE format('CREATE TABLE tenant_table_%%s (id int PRIMARY KEY, n int, v text)', i);
                    EXECUTE format('INSERT INTO tenant_table_%%s SELECT r, %%s, 0 FROM generate_series(1, %d) AS r', i, i);
                    IF i %% 100 = 0 THEN COMMIT; END IF;
                  END LOOP;
                END $$""".formatted(TABLES, ROWS));
    }

    private static void updateAll(TestDatabase database, int value) throws Exception {
        database.execute("""
                DO $$ BEGIN
                  FOR i IN 1..%d LOOP
                    EXECUTE format('UPDATE tenant_table_%%s SET v = %d WHERE id = 1', i);
                    IF i %% 20 = 0 THEN COMMIT; END IF;
                  END LOOP;
                END $$""".formatted(TABLES, value));
    }

    /** How often each row was read. */
    private static Map<String, Integer> rows(List<Change> changes) {
        Map<String, Integer> counts = new HashMap<>();
        changes.stream()
                .filter(change -> change.op().equals("r"))
                .forEach(change -> counts.merge(
                        change.after().path("n").asInt() + "/"
                                + change.after().path("id").asInt(),
                        1,
                        Integer::sum));
        return counts;
    }

    /** How often the change to a value arrived, by table. */
    private static Map<Integer, Integer> changed(List<Change> changes, int value) {
        Map<Integer, Integer> counts = new HashMap<>();
        changes.stream()
                .filter(change -> change.op().equals("u")
                        && change.after().path("v").asText().equals(Integer.toString(value)))
                .forEach(change -> counts.merge(change.after().path("n").asInt(), 1, Integer::sum));
        return counts;
    }

    private static int largestOffset(TestConnector connector) {
        JsonNode offsets = connector.rest().offsets(connector.name()).path("offsets");
        return StreamSupport.stream(offsets.spliterator(), false)
                .mapToInt(offset -> offset.path("offset").toString().length())
                .max()
                .orElseThrow();
    }

    private static void report(String what, long began) {
        System.out.printf("ManyTablesIT: %s: %.1f s%n", what, (System.nanoTime() - began) / 1e9);
    }
}
