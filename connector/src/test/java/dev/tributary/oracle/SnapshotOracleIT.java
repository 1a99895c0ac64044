// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.tributary.postgres.PostgresServer;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** Every type, as a snapshot reads it, in every mode of the options that affect it. */
class SnapshotOracleIT {

    /** See {@link SnapshotErrorsOracleIT}. */
    private static final String[] WITHOUT_DEBEZIUM_ERRORS = {
        "DROP TABLE no_columns",
        "DO $$ DECLARE each record; BEGIN FOR each IN SELECT attrelid::regclass AS tab, attname FROM pg_attribute"
                + " JOIN pg_class c ON c.oid = attrelid WHERE atttypid IN ('refcursor'::regtype, 'name'::regtype)"
                + " AND relkind = 'r' AND relnamespace = 'public'::regnamespace"
                + " LOOP EXECUTE format('ALTER TABLE %s DROP COLUMN %I', each.tab, each.attname); END LOOP; END $$",
        "UPDATE dates SET c0_date = '2020-01-01' WHERE c0_date < '1582-10-15' OR NOT isfinite(c0_date)",
        "UPDATE dates_strict SET c0_date = '2020-01-01' WHERE c0_date < '1582-10-15' OR NOT isfinite(c0_date)"
    };

    /** Options that affect only changes, not a snapshot. For converters see {@link SnapshotErrorsOracleIT}. */
    private static final List<String> FOR_CHANGES_ONLY = List.of(
            "converters",
            "skipped.operations",
            "message.prefix",
            "xmin",
            "skip.messages",
            "schema.refresh",
            "publication.name",
            "tombstones");

    /** Rows for tables that the changes leave empty. */
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

    private static final List<Mode> OF_SNAPSHOTS = List.of(
            Mode.of(
                    "snapshot with custom queries",
                    "snapshot.select.statement.overrides",
                    "public.composite_key,public.identity_default,public.defaults,Odd schema.Odd.table",
                    "snapshot.select.statement.overrides.public.composite_key",
                    "SELECT d, a, c FROM composite_key WHERE b = 1;",
                    "snapshot.select.statement.overrides.public.identity_default",
                    "SELECT * FROM identity_default WHERE id > 40 ORDER BY id",
                    "snapshot.select.statement.overrides.public.defaults",
                    "SELECT id, o, upper(c) AS c, a, n FROM public.defaults"),
            Mode.of(
                    "snapshot of some tables",
                    "snapshot.include.collection.list",
                    "public.parted.*,public.identity_full"),
            Mode.of("snapshot of small tables first", "snapshot.tables.order.by.row.count", "ascending"),
            Mode.of("snapshot of large tables first", "snapshot.tables.order.by.row.count", "descending"));

    private static PostgresServer server;
    private static Wal wal;

    @BeforeAll
    static void write() throws Exception {
        server = Wal.server();
        wal = Wal.after(server, Everything.preparations());
        wal.write(Everything.changes());
        wal.write(Statement.on(0, ROWS_TO_FIND));
        wal.write(Statement.on(0, WITHOUT_DEBEZIUM_ERRORS));
    }

    @AfterAll
    static void stop() {
        wal.close();
        server.close();
    }

    @TestFactory
    Stream<DynamicNode> rowsAreTheSameAsDebeziums() {
        return Stream.concat(Modes.chosen(), OF_SNAPSHOTS.stream())
                .filter(SnapshotOracleIT::isOfSnapshots)
                .map(mode -> dynamicContainer(mode.name(), Stream.of(mode).flatMap(SnapshotOracleIT::tests)));
    }

    private static boolean isOfSnapshots(Mode mode) {
        return mode.name().contains(System.getProperty("oracle.mode", ""))
                && mode.options().keySet().stream()
                        .noneMatch(key -> FOR_CHANGES_ONLY.stream().anyMatch(key::startsWith));
    }

    private static Stream<DynamicNode> tests(Mode mode) {
        List<SourceRecord> expected = wal.snapshot(Contender.DEBEZIUM, mode.options());
        List<SourceRecord> actual = wal.snapshot(Contender.TRIBUTARY, mode.options());
        List<String> expectedMarks = marks(expected);
        List<String> marks = marks(actual);
        // Tables of the same size have any order; one with a single row has another mark as the first than later.
        Stream<DynamicNode> markers = mode.options().containsKey("snapshot.tables.order.by.row.count")
                ? Stream.empty()
                : Stream.of(dynamicTest(
                        "the first and last rows",
                        () -> assertThat(marks).containsExactlyInAnyOrderElementsOf(expectedMarks)));
        Readings readings = new Readings(normalized(expected), normalized(actual));
        return Stream.concat(markers, readings.testsOfTopics());
    }

    /** Sorted, because tables that share a topic are read at the same time. */
    private static List<SourceRecord> normalized(List<SourceRecord> records) {
        return records.stream()
                .map(SnapshotMoments::normalize)
                .sorted(Comparator.comparing(record -> String.valueOf(record.key())))
                .toList();
    }

    private static List<String> marks(List<SourceRecord> records) {
        return records.stream().map(SnapshotMoments::marker).toList();
    }
}
