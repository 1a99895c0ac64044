// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static dev.tributary.oracle.OneTable.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.postgres.PostgresServer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Tables, transactions and restarts where Debezium stops or loses changes and ours does not. Each test checks both
 * sides.
 */
class DebeziumStreamErrorsOracleIT {

    private static final String CODED = "CREATE TABLE t (code int NOT NULL, %s)";
    private static final String BY_CODE = "CREATE UNIQUE INDEX by_code ON t (code)";
    private static final String IDENTIFIED_BY_CODE = "ALTER TABLE t REPLICA IDENTITY USING INDEX by_code";

    private static PostgresServer server;

    @BeforeAll
    static void start() throws Exception {
        server = Wal.server();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aTableWhoseNameBeginsWithAQuoteStopsDebezium() {
        try (Wal wal = OneTable.in(server, "CREATE TABLE \"\"\"t\" (id int PRIMARY KEY)")) {
            // Given
            wal.write(Statement.on(0, "INSERT INTO \"\"\"t\" VALUES (1)"));
            Mark end = wal.mark();

            // Then
            assertThat(rows(wal.read(Contender.TRIBUTARY, Map.of(), end))).hasSize(1);
            assertThatThrownBy(() -> wal.read(Contender.DEBEZIUM, Map.of(), end))
                    .hasRootCauseInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void debeziumLosesTheChangesOfATableWhoseNameBeginsAndEndsWithAQuote() {
        try (Wal wal = OneTable.in(server, "CREATE TABLE \"\"\"t\"\"\" (id int PRIMARY KEY)")) {
            // Given
            wal.write(Statement.on(0, "INSERT INTO \"\"\"t\"\"\" VALUES (1)"));
            Mark end = wal.mark();

            // Then
            assertThat(rows(wal.read(Contender.TRIBUTARY, Map.of(), end))).hasSize(1);
            assertThat(rows(wal.read(Contender.DEBEZIUM, Map.of(), end))).isEmpty();
        }
    }

    /**
     * When the server drops the rest of the transaction to save memory, it marks the changes of a subtransaction as
     * streamed.
     */
    @Test
    void aLargeTransactionThatIsRolledBackStopsDebezium() {
        try (Wal wal = OneTable.in(server, "CREATE TABLE t (id int PRIMARY KEY, a text)")
                .spilling()) {
            // Given
            wal.write(Statement.on(
                    0,
                    "BEGIN",
                    "SAVEPOINT s",
                    "INSERT INTO t VALUES (0, 'not kept')",
                    "RELEASE s",
                    "INSERT INTO t SELECT i, repeat('x', 100) FROM generate_series(1, 5000) i",
                    "ROLLBACK",
                    "INSERT INTO t VALUES (1, 'kept')"));
            Mark end = wal.mark();

            // Then
            assertThat(rows(wal.read(Contender.TRIBUTARY, Map.of(), end))).hasSize(1);
            assertThatThrownBy(() -> wal.read(Contender.DEBEZIUM, Map.of(), end))
                    .hasRootCauseMessage("Unsupported message type: A");
        }
    }

    /** The catalog no longer allows them. The old row of the first update shows one, later a new row does. */
    @Test
    void debeziumInventsValuesForNullsOfAColumnThatIsNotNullNow() {
        try (Wal wal =
                OneTable.in(server, "CREATE TABLE t (id int PRIMARY KEY)", "ALTER TABLE t REPLICA IDENTITY FULL")) {
            // Given
            wal.write(Statement.on(
                    0,
                    "INSERT INTO t VALUES (1)",
                    "ALTER TABLE t ADD a int",
                    "UPDATE t SET a = 5",
                    "ALTER TABLE t ADD b text, ADD c boolean DEFAULT true",
                    "INSERT INTO t VALUES (2, 6, NULL, NULL)",
                    "UPDATE t SET b = 'b', c = false",
                    "DELETE FROM t WHERE id = 1",
                    "ALTER TABLE t ALTER a SET NOT NULL, ALTER b SET NOT NULL, ALTER c SET NOT NULL",
                    "INSERT INTO t VALUES (3, 7, 'c', true)"));
            Mark end = wal.mark();
            Map<String, String> options = Map.of("tombstones.on.delete", "false");

            // When
            List<SourceRecord> debezium = wal.read(Contender.DEBEZIUM, options, end);
            List<SourceRecord> tributary = wal.read(Contender.TRIBUTARY, options, end);

            // Then
            assertThat(befores(tributary))
                    .containsExactly(
                            "Struct{id=1}",
                            "Struct{id=1,a=5,c=true}",
                            "Struct{id=2,a=6}",
                            "Struct{id=1,a=5,b=b,c=false}");
            assertThat(rows(tributary).stream().map(String::valueOf))
                    .containsExactly(
                            "Struct{id=1}",
                            "Struct{id=1,a=5}",
                            "Struct{id=2,a=6}",
                            "Struct{id=1,a=5,b=b,c=false}",
                            "Struct{id=2,a=6,b=b,c=false}",
                            "null",
                            "Struct{id=3,a=7,b=c,c=true}");
            assertThat(rows(debezium).stream().map(String::valueOf)).contains("Struct{id=2,a=6,b=,c=true}");
            Schema last = rows(tributary).get(6).schema();
            assertThat(last.field("a").schema().isOptional()).as("allows nulls").isFalse();
        }
    }

    private static List<String> befores(List<SourceRecord> records) {
        return records.stream()
                .filter(record -> OneTable.isOf(record) && record.value() != null)
                .map(record -> ((Struct) record.value()).getStruct("before"))
                .filter(Objects::nonNull)
                .map(Struct::toString)
                .toList();
    }

    @Test
    void debeziumInventsTheKeyOfADeletedRowWhoseIdentityDoesNotContainIt() {
        try (Wal wal = OneTable.in(server, CODED.formatted("id int PRIMARY KEY"), BY_CODE, IDENTIFIED_BY_CODE)) {
            // Given
            wal.write(Statement.on(
                    0,
                    "INSERT INTO t (id, code) VALUES (3, 3), (6, 6)",
                    "UPDATE t SET code = 30 WHERE id = 3",
                    "DELETE FROM t WHERE id = 6",
                    "ALTER TABLE t REPLICA IDENTITY DEFAULT"));
            Mark end = wal.mark();
            Map<String, String> leavingOut = Map.of("event.processing.failure.handling.mode", "warn");

            // When
            List<String> debezium = brief(wal.read(Contender.DEBEZIUM, Map.of(), end));
            List<String> tributary = brief(wal.read(Contender.TRIBUTARY, leavingOut, end));

            // Then
            assertThat(debezium)
                    .containsExactly(
                            "c Struct{id=3}",
                            "c Struct{id=6}",
                            "d Struct{id=0}",
                            "- Struct{id=0}",
                            "c Struct{id=3}",
                            "d Struct{id=0}",
                            "- Struct{id=0}");
            assertThat(tributary).containsExactly("c Struct{id=3}", "c Struct{id=6}", "u Struct{id=3}");
            assertThatThrownBy(() -> wal.read(Contender.TRIBUTARY, Map.of(), end))
                    .hasMessageContaining(
                            "A row of public.t was deleted, and the WAL does not have the key of its" + " records (id)")
                    .hasMessageContaining("ALTER TABLE \"public\".\"t\" REPLICA IDENTITY FULL");
        }
    }

    @Test
    void anUpdateWhoseOldRowHasAPartOfTheKeyChangesThatPartOfIt() {
        try (Wal wal =
                OneTable.in(server, CODED.formatted("id int, PRIMARY KEY (id, code)"), BY_CODE, IDENTIFIED_BY_CODE)) {
            // Given
            wal.write(Statement.on(
                    0,
                    "INSERT INTO t (id, code) VALUES (3, 3)",
                    "UPDATE t SET code = 30",
                    "ALTER TABLE t REPLICA IDENTITY DEFAULT"));
            Mark end = wal.mark();

            // Then
            assertThat(brief(wal.read(Contender.DEBEZIUM, Map.of(), end))).contains("d Struct{id=0,code=3}");
            assertThat(brief(wal.read(Contender.TRIBUTARY, Map.of(), end)))
                    .containsExactly(
                            "c Struct{id=3,code=3}",
                            "d Struct{id=3,code=3}",
                            "- Struct{id=3,code=3}",
                            "c Struct{id=3,code=30}");
        }
    }

    /** Operations and keys. */
    private static List<String> brief(List<SourceRecord> records) {
        return records.stream()
                .filter(OneTable::isOf)
                .map(record ->
                        (record.value() instanceof Struct value ? value.getString("op") : "-") + " " + record.key())
                .toList();
    }

    @Test
    void debeziumCountsMessagesOfATransactionUnderTheIdentityOfAnObject() {
        try (Wal wal = OneTable.in(server, "CREATE TABLE t (id int PRIMARY KEY)")) {
            // Given
            wal.write(Statement.on(
                    0,
                    "BEGIN",
                    "SELECT pg_logical_emit_message(true, 'p', 'one')",
                    "INSERT INTO t VALUES (1)",
                    "SELECT pg_logical_emit_message(true, 'p', 'two')",
                    "COMMIT"));
            Mark end = wal.mark();
            Map<String, String> metadata = Map.of("provide.transaction.metadata", "true");

            // When
            List<SourceRecord> expected = wal.read(Contender.DEBEZIUM, metadata, end);
            List<SourceRecord> actual = wal.read(Contender.TRIBUTARY, metadata, end);

            // Then
            assertThat(counted(expected)).hasSize(3).anyMatch(name -> name.contains("LogicalDecodingMessageId@"));
            assertThat(counted(actual)).containsExactlyInAnyOrder("LOGICAL_DECODING_MESSAGE=2", "public.t=1");
            assertThat(actual.stream().map(record -> record.sourceOffset().toString()))
                    .anyMatch(offset -> offset.contains("_LOGICAL_DECODING_MESSAGE=2"))
                    .noneMatch(offset -> offset.contains("@"));
        }
    }

    /** The event counts in the END record of the last transaction. */
    private static List<String> counted(List<SourceRecord> records) {
        return records.stream()
                .filter(record -> record.topic().endsWith(".transaction"))
                .map(record -> (Struct) record.value())
                .filter(value -> value.getString("status").equals("END"))
                .reduce((before, last) -> last)
                .orElseThrow()
                .<Struct>getArray("data_collections")
                .stream()
                .map(each -> each.get("data_collection") + "=" + each.get("event_count"))
                .toList();
    }

    @Test
    void debeziumLosesTheOthersWhenItResumesAfterTheFirstOfTheRowsWithOneLsn() {
        try (Wal wal = OneTable.in(server, "CREATE TABLE t (id int PRIMARY KEY)")) {
            // Given
            wal.write(Statement.on(0, "COPY t FROM PROGRAM 'seq 1 10'"));
            Mark end = wal.mark();
            List<SourceRecord> copied = wal.read(Contender.DEBEZIUM, Map.of(), end).stream()
                    .filter(OneTable::isOf)
                    .toList();
            SourceRecord first = copied.get(0);
            SourceRecord third = copied.get(2);

            // Then
            assertThat(copied).allMatch(record -> lsn(record).equals(lsn(first)));
            assertThat(ids(resume(Contender.DEBEZIUM, wal, first, end))).isEmpty();
            assertThat(ids(resume(Contender.TRIBUTARY, wal, first, end))).contains(2, 3, 4, 5, 6, 7, 8, 9, 10);
            assertThat(ids(resume(Contender.DEBEZIUM, wal, third, end))).contains(4, 5, 6, 7, 8, 9, 10);
            assertThat(ids(resume(Contender.TRIBUTARY, wal, third, end))).contains(4, 5, 6, 7, 8, 9, 10);
        }
    }

    @Test
    void debeziumLosesTheNewRowWhenItResumesWithinAChangedKey() {
        try (Wal wal = OneTable.in(server, "CREATE TABLE t (id int PRIMARY KEY)")) {
            // Given
            wal.write(Statement.on(0, "INSERT INTO t VALUES (1)", "UPDATE t SET id = 2"));
            Mark end = wal.mark();
            SourceRecord delete = ofOperation("d", wal.read(Contender.DEBEZIUM, Map.of(), end))
                    .get(0);

            // Then
            assertThat(ids(resume(Contender.DEBEZIUM, wal, delete, end))).isEmpty();
            assertThat(ids(resume(Contender.TRIBUTARY, wal, delete, end))).contains(2);
        }
    }

    @Test
    void bothSendTheOtherTablesWhenTheyResumeWithinATruncate() {
        try (Wal wal = OneTable.in(server, "CREATE TABLE t (id int PRIMARY KEY)", "CREATE TABLE _t (id int)")) {
            // Given
            Map<String, String> all = Map.of("skipped.operations", "none");
            wal.write(Statement.on(0, "INSERT INTO t VALUES (1)", "INSERT INTO _t VALUES (1)", "TRUNCATE t, _t"));
            Mark end = wal.mark();
            List<SourceRecord> truncates = ofOperation("t", wal.read(Contender.DEBEZIUM, all, end));

            // When
            List<SourceRecord> expected = resume(Contender.DEBEZIUM, wal, truncates.get(0), end, all);
            List<SourceRecord> actual = resume(Contender.TRIBUTARY, wal, truncates.get(0), end, all);

            // Then
            assertThat(truncates).hasSize(2);
            String other = truncates.get(1).topic();
            assertThat(ofOperation("t", expected))
                    .extracting(SourceRecord::topic)
                    .contains(other);
            assertThat(ofOperation("t", actual)).extracting(SourceRecord::topic).contains(other);
        }
    }

    private static List<SourceRecord> ofOperation(String operation, List<SourceRecord> records) {
        return records.stream()
                .filter(record -> OneTable.isOf(record)
                        && record.value() instanceof Struct value
                        && operation.equals(value.getString("op")))
                .toList();
    }

    /** The ids of inserted rows. */
    private static List<Integer> ids(List<SourceRecord> records) {
        return rows(ofOperation("c", records)).stream()
                .map(row -> row.getInt32("id"))
                .toList();
    }

    private static String lsn(SourceRecord record) {
        return String.valueOf(record.sourceOffset().get("lsn"));
    }

    private static List<SourceRecord> resume(Contender contender, Wal wal, SourceRecord stored, Mark end) {
        return resume(contender, wal, stored, end, Map.of());
    }

    private static List<SourceRecord> resume(
            Contender contender, Wal wal, SourceRecord stored, Mark end, Map<String, String> options) {
        MemoryOffsets offsets = new MemoryOffsets();
        offsets.store(stored);
        try (Capture capture = Capture.start(contender, wal.options(contender, wal.newSlot(), options), offsets)) {
            return capture.until(end);
        }
    }
}
