// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.postgres.PostgresServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys whose column a filter excludes from the values: every way to read a row reads them all the same. */
class KeyColumnsIT {

    private static final Map<String, String> WITHOUT_ID = Map.of("column.exclude.list", "public.t.id");
    private static final Map<String, String> ONLY_NAMES = Map.of("column.include.list", "public.t.name");
    private static final Map<String, String> CHOSEN_KEY =
            Map.of("column.exclude.list", "public.t.code", "message.key.columns", "public.t:code");

    private static PostgresServer server;

    @BeforeAll
    static void start() throws Exception {
        server = Wal.server();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"TRIBUTARY", "FALLBACK"})
    void aSnapshotReadsThem(Contender contender) {
        try (Wal wal = threeRows()) {
            assertThat(keys(wal.snapshot(contender, WITHOUT_ID), "id")).containsExactlyInAnyOrder(1, 2, 3);
            assertThat(keys(wal.snapshot(contender, ONLY_NAMES), "id")).containsExactlyInAnyOrder(1, 2, 3);
            assertThat(keys(wal.snapshot(contender, CHOSEN_KEY), "code")).containsExactlyInAnyOrder(10, 20, 30);
        }
    }

    @Test
    void debeziumsSnapshotGivesAllRowsOneKey() {
        try (Wal wal = threeRows()) {
            assertThat(keys(wal.snapshot(Contender.DEBEZIUM, WITHOUT_ID), "id")).containsExactly(0, 0, 0);
        }
    }

    @Test
    void theStreamHasThemAndTheValueDoesNot() {
        try (Wal wal = threeRows()) {
            List<SourceRecord> records = rows(wal.read(Contender.TRIBUTARY, WITHOUT_ID, wal.mark()));
            assertThat(keys(records, "id")).containsExactly(1, 2, 3);
            assertThat(records)
                    .allSatisfy(record -> assertThat(((Struct) record.value())
                                    .getStruct("after")
                                    .schema()
                                    .field("id"))
                            .isNull());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"incremental", "blocking"})
    void anAdHocSnapshotReadsThem(String type) throws Exception {
        try (Wal wal = Wal.after(
                server,
                "CREATE TABLE t (id int PRIMARY KEY, code int NOT NULL, name text)",
                "INSERT INTO t VALUES (1, 10, 'a'), (2, 20, 'b'), (3, 30, 'c')",
                "CREATE TABLE signals (id text PRIMARY KEY, type text, data text)",
                "CREATE PUBLICATION everything FOR ALL TABLES")) {
            // Given
            Map<String, String> options = new HashMap<>(WITHOUT_ID);
            options.put("signal.data.collection", "public.signals");
            List<SourceRecord> records = new ArrayList<>();

            // When
            try (Capture capture = wal.start(Contender.TRIBUTARY, new Mode("signals", options))) {
                wal.write(Statement.on(
                        0,
                        "INSERT INTO signals VALUES ('now', 'execute-snapshot',"
                                + " '{\"data-collections\": [\"public.t\"], \"type\": \"" + type + "\"}')"));
                capture.until(records, () -> rows(records).size() == 3);
            }

            // Then
            assertThat(keys(records, "id")).containsExactlyInAnyOrder(1, 2, 3);
        }
    }

    @Test
    void aBackfillReadsThem() throws Exception {
        try (Wal wal = threeRows()) {
            assertThat(keys(backfilled(wal, WITHOUT_ID, 3), "id")).containsExactlyInAnyOrder(1, 2, 3);
        }
    }

    @Test
    void aBackfillReadsADeferrableKey() throws Exception {
        try (Wal wal = Wal.after(
                server,
                "CREATE TABLE t (id int PRIMARY KEY DEFERRABLE)",
                "CREATE PUBLICATION everything FOR ALL TABLES WITH (publish = 'insert')")) {
            wal.write(Statement.on(0, "INSERT INTO t VALUES (1), (2)"));
            assertThat(keys(backfilled(wal, Map.of(), 2), "id")).containsExactlyInAnyOrder(1, 2);
        }
    }

    /** The rows that are read of a table that is captured later. */
    private static List<SourceRecord> backfilled(Wal wal, Map<String, String> more, int count) throws Exception {
        String slot = wal.newSlot();
        MemoryOffsets offsets = new MemoryOffsets();
        Map<String, String> options = new HashMap<>(more);
        options.put("snapshot.mode", "initial");
        options.put("table.include.list", "public.beginning");
        try (Capture first =
                Capture.start(Contender.TRIBUTARY, wal.options(Contender.TRIBUTARY, slot, options), offsets)) {
            List<SourceRecord> records = first.untilSnapshotEnds();
            first.commit(records.get(records.size() - 1));
        }

        options.put("table.include.list", "public.beginning,public.t");
        List<SourceRecord> records = new ArrayList<>();
        try (Capture second =
                Capture.start(Contender.TRIBUTARY, wal.options(Contender.TRIBUTARY, slot, options), offsets)) {
            second.until(records, () -> rows(records).size() == count);
        }
        return records;
    }

    @Test
    void aSelectWithoutThemIsRefused() {
        try (Wal wal = threeRows()) {
            Map<String, String> override = Map.of(
                    "snapshot.select.statement.overrides",
                    "public.t",
                    "snapshot.select.statement.overrides.public.t",
                    "SELECT name FROM t");
            assertThatThrownBy(() -> wal.snapshot(Contender.TRIBUTARY, override))
                    .hasMessageContaining("The SELECT that reads public.t in a snapshot lacks id")
                    .hasMessageContaining("snapshot.select.statement.overrides.public.t");
        }
    }

    private static Wal threeRows() {
        Wal wal = OneTable.in(server, "CREATE TABLE t (id int PRIMARY KEY, code int NOT NULL, name text)");
        wal.write(Statement.on(0, "INSERT INTO t VALUES (1, 10, 'a'), (2, 20, 'b'), (3, 30, 'c')"));
        return wal;
    }

    private static List<SourceRecord> rows(List<SourceRecord> records) {
        return records.stream().filter(OneTable::isOf).toList();
    }

    private static List<Object> keys(List<SourceRecord> records, String field) {
        return rows(records).stream()
                .map(record -> ((Struct) record.key()).get(field))
                .toList();
    }
}
