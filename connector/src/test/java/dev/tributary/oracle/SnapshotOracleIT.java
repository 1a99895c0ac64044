// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.tributary.postgres.PostgresServer;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** Every type, as a snapshot reads it, with every mode of the options that have to do with it. */
class SnapshotOracleIT {

    /** See {@link SnapshotErrorsOracleIT}. */
    private static final String[] WHAT_DEBEZIUM_CANNOT_READ = {"DROP TABLE no_columns", """
        DO $$ DECLARE each record; BEGIN
          FOR each IN SELECT attrelid::regclass AS tab, attname FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
                       WHERE atttypid = 'refcursor'::regtype AND relkind = 'r' AND relnamespace = 'public'::regnamespace
          LOOP EXECUTE format('ALTER TABLE %s DROP COLUMN %I', each.tab, each.attname); END LOOP;
        END $$"""};

    /** Tables that the changes leave empty. */
    private static final String[] ROWS_TO_FIND = {
        "INSERT INTO identity_default (id, code, c0_text, c2_bytea, c8_int) SELECT i, i, repeat(md5(i::text), 200),"
                + " decode(repeat(md5(i::text), 100), 'hex'), array_fill(i, ARRAY[2000]) FROM generate_series(1, 50) AS i",
        "INSERT INTO identity_full (id, code, c0_text) SELECT i, -i, repeat('é', 9000) FROM generate_series(1, 5) AS i",
        "INSERT INTO keyless_full (id, code, note) VALUES (1, 1, E'a\\tb\\nc\\\\N'), (1, 2, NULL), (1, 3, '')",
        "INSERT INTO composite_key VALUES ('a', 1, 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', 'd')",
        "INSERT INTO odd_key VALUES (1.5, '2026-11-21 10:23:00.123+00', 'ok', '2026-11-21', '\\x01', 'f')",
        "INSERT INTO parted VALUES (1, 'eu', 'a'), (2, 'us', 'b'), (3, 'mars', 'c')",
        "INSERT INTO parent_table VALUES (1, 'parent')",
        "INSERT INTO child_table VALUES (2, 'child', 2)",
        "INSERT INTO child SELECT i, i FROM generate_series(1, 3) AS i"
    };

    private static PostgresServer server;
    private static Wal wal;

    @BeforeAll
    static void write() throws Exception {
        server = Wal.server();
        wal = Wal.after(server, Everything.preparations());
        wal.write(Everything.changes());
        wal.write(Statement.on(0, ROWS_TO_FIND));
        wal.write(Statement.on(0, WHAT_DEBEZIUM_CANNOT_READ));
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
        List<String> marks = actual.stream().map(SnapshotMoments::marker).toList();
        long topics = actual.stream().map(SourceRecord::topic).distinct().count();
        Stream<DynamicNode> markers =
                Stream.of(dynamicTest("the first and last rows", () -> assertMarked(marks, topics)));
        Readings readings = new Readings(
                expected.stream().map(SnapshotMoments::level).toList(),
                actual.stream().map(SnapshotMoments::level).toList());
        return Stream.concat(markers, readings.testsOfTopics());
    }

    private static void assertMarked(List<String> marks, long topics) {
        assertThat(marks).startsWith("first").endsWith("last");
        assertThat(Collections.frequency(marks, "first")).isEqualTo(1);
        assertThat(Collections.frequency(marks, "last")).isEqualTo(1);
        assertThat(Collections.frequency(marks, "last_in_data_collection")).isEqualTo((int) topics - 1);
    }
}
