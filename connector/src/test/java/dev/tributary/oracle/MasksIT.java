// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static dev.tributary.oracle.OneTable.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.PostgresSourceConnector;
import dev.tributary.postgres.PostgresServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Options that hide values of columns: they never do nothing in silence. */
class MasksIT {

    private static final String HASH = "column.mask.hash.SHA-256.with.salt.pepper";
    private static final String TYPE = "__debezium.source.column.type";

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
    @ValueSource(strings = {"column.propagate.source.type", "datatype.propagate.source.type"})
    void aColumnWhoseTypeIsDescribedIsHashedToo(String describe) {
        try (Wal wal = mails()) {
            // Given
            Map<String, String> alone = Map.of(HASH, "public.t.mail");
            Map<String, String> both = new HashMap<>(alone);
            both.put(describe, describe.startsWith("column") ? "public.t.mail" : "public.t.text");
            Mark end = wal.mark();

            // When
            List<Struct> rows = rows(wal.read(Contender.TRIBUTARY, both, end));

            // Then
            List<Struct> hashed = rows(wal.read(Contender.DEBEZIUM, alone, end));
            assertThat(mails(rows)).isEqualTo(mails(hashed)).doesNotContain("ann@example.com");
            assertThat(mails(rows(wal.snapshot(Contender.TRIBUTARY, both)))).isEqualTo(mails(hashed));
            assertThat(mails(rows(wal.snapshot(Contender.FALLBACK, both)))).isEqualTo(mails(hashed));
            assertThat(rows.get(0).schema().field("mail").schema().parameters())
                    .containsEntry(TYPE, "TEXT")
                    .containsEntry("masked", "true");
        }
    }

    @Test
    void debeziumPublishesTheTextIfTheTypeIsDescribed() {
        try (Wal wal = mails()) {
            assertThat(mails(rows(wal.read(
                            Contender.DEBEZIUM,
                            Map.of(HASH, "public.t.mail", "column.propagate.source.type", "public.t.mail"),
                            wal.mark()))))
                    .contains("ann@example.com");
        }
    }

    @Test
    void aColumnThatIsMaskedAndTruncatedIsBoth() {
        try (Wal wal = mails()) {
            assertThat(mails(rows(wal.read(
                            Contender.TRIBUTARY,
                            Map.of(
                                    "column.mask.with.9.chars",
                                    "public.t.mail",
                                    "column.truncate.to.4.chars",
                                    "public.t.mail"),
                            wal.mark()))))
                    .containsOnly("****");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"int", "jsonb", "uuid", "text[]", "date", "inet"})
    void aMaskOfATypeThatItDoesNotChangeIsRefused(String type) {
        try (Wal wal = OneTable.in(server, "CREATE TABLE t (id int PRIMARY KEY, mail " + type + ")")) {
            for (String option : List.of(HASH, "column.mask.with.5.chars")) {
                assertThatThrownBy(() -> wal.read(Contender.TRIBUTARY, Map.of(option, "public.t.mail"), wal.mark()))
                        .hasMessageContaining("public.t.mail")
                        .hasMessageNotContaining("pepper");
            }
        }
    }

    /** Debezium ignores such a name, and publishes the text. */
    @ParameterizedTest
    @ValueSource(strings = {HASH, "column.mask.with.5.chars", "column.truncate.to.3.chars", "column.exclude.list"})
    void aNameThatMatchesNoColumnIsRefused(String option) {
        try (Wal wal = mails()) {
            Mark end = wal.mark();
            for (String name : List.of("public.t.mial", "t.mail")) {
                // Given
                Map<String, String> misspelt = Map.of(option, name);

                // Then
                assertThatThrownBy(() -> wal.read(Contender.TRIBUTARY, misspelt, end))
                        .hasMessageContaining("'" + name + "' matches no column of a captured table")
                        .hasMessageContaining("public.t.mail")
                        .hasMessageNotContaining("pepper");
                assertThat(errors(wal.options(Contender.TRIBUTARY, "any", misspelt)))
                        .singleElement()
                        .asString()
                        .contains("'" + name + "' matches no column of a captured table");
                assertThat(mails(rows(wal.read(Contender.DEBEZIUM, misspelt, end))))
                        .contains("ann@example.com");
            }
        }
    }

    @Test
    void aColumnThatIsAddedLaterAndThatAMaskDoesNotChangeStopsTheTask() {
        try (Wal wal = mails();
                Capture tributary = wal.start(
                        Contender.TRIBUTARY, Mode.of("masks", "column.mask.with.5.chars", "public.t.mail.*"))) {
            // Given
            tributary.until(wal.mark());

            // When
            wal.write(Statement.on(
                    0, "ALTER TABLE t ADD mail_details jsonb", "INSERT INTO t VALUES (4, 'a', '{\"mail\": \"b\"}')"));
            Mark end = wal.mark();

            // Then
            assertThatThrownBy(() -> tributary.until(end))
                    .hasMessageContaining("column.mask.with.5.chars matches public.t.mail_details");
        }
    }

    /** Several threads read one table. */
    @Test
    void theHashesOfASnapshotAreThoseOfTheStream() {
        try (Wal wal = OneTable.in(server, "CREATE TABLE t (id int PRIMARY KEY, mail text)")) {
            // Given
            wal.write(Statement.on(
                    0, "INSERT INTO t SELECT i, repeat(md5(i::text), 5) FROM generate_series(1, 20000) AS i"));
            Map<String, String> hashed = Map.of(
                    HASH, "public.t.mail", "internal.snapshot.chunk.bytes", "65536", "snapshot.max.threads", "4");

            // When
            List<Struct> streamed = rows(wal.read(Contender.TRIBUTARY, hashed, wal.mark()));
            List<Struct> read = rows(wal.snapshot(Contender.TRIBUTARY, hashed));

            // Then
            assertThat(byId(read)).isEqualTo(byId(streamed)).hasSize(20_000);
        }
    }

    private static List<String> errors(Map<String, String> options) {
        return new PostgresSourceConnector()
                .validate(options).configValues().stream()
                        .flatMap(value -> value.errorMessages().stream())
                        .toList();
    }

    @Test
    void theRowBeforeAChangeIsHashedToo() {
        try (Wal wal = mails()) {
            // Given
            wal.write(Statement.on(
                    0,
                    "ALTER TABLE t REPLICA IDENTITY FULL",
                    "UPDATE t SET mail = 'bob@example.com'",
                    "DELETE FROM t"));
            Map<String, String> hashed = Map.of(HASH, "public.t.mail");

            // When
            List<SourceRecord> records = wal.read(Contender.TRIBUTARY, hashed, wal.mark());

            // Then
            List<Object> before = mailsBefore(records);
            assertThat(before).hasSize(6).doesNotContain("ann@example.com", "bob@example.com");
            assertThat(before.subList(3, 6)).doesNotContainNull().containsOnly(before.get(3));
        }
    }

    @Test
    void theRowsOfAnIncrementalSnapshotAreHashedToo(@TempDir Path directory) {
        try (Wal wal = OneTable.in(
                server,
                "CREATE TABLE signals (id text PRIMARY KEY, type text, data text)",
                "CREATE TABLE t (id int PRIMARY KEY, mail text)")) {
            // Given
            wal.write(Statement.on(0, "INSERT INTO t VALUES (1, 'ann@example.com'), (2, NULL), (3, '')"));
            Map<String, String> options = Watermarks.INSERT_INSERT.options(directory);
            options.put(HASH, "public.t.mail");
            List<SourceRecord> records = new ArrayList<>();

            // When
            try (Capture capture = wal.start(Contender.TRIBUTARY, new Mode("hashed", options))) {
                Watermarks.INSERT_INSERT.signal(
                        wal, directory, "execute-snapshot", "{\"data-collections\": [\"public.t\"]}");
                capture.until(records, () -> rows(records).size() == 6);
            }

            // Then
            List<Object> mails = mails(rows(records));
            assertThat(mails.subList(3, 6)).isEqualTo(mails.subList(0, 3)).doesNotContain("ann@example.com");
        }
    }

    @Test
    void theRowsOfABackfillAreHashedToo() throws Exception {
        try (BackfillScenario later = BackfillScenario.of(OneTable.in(
                server,
                "CREATE TABLE still (id int PRIMARY KEY, v text)",
                "INSERT INTO still VALUES (2, 'v')",
                "CREATE TABLE t (id int PRIMARY KEY, mail text)",
                "INSERT INTO t VALUES (1, 'ann@example.com'), (2, 'ann@example.com')"))) {
            // Given
            later.with(HASH, "public.t.mail").captured().capturing("public.still,public.t");

            // When
            List<Object> mails;
            try (Capture capture = later.start()) {
                mails = mails(rows(later.untilComplete(capture)));
            }

            // Then
            assertThat(mails).hasSize(2).doesNotContain("ann@example.com").containsOnly(mails.get(0));
        }
    }

    private static List<Object> mailsBefore(List<SourceRecord> records) {
        return records.stream()
                .filter(OneTable::isOf)
                .map(record -> (Struct) record.value())
                .filter(Objects::nonNull)
                .map(value -> value.getStruct("before"))
                .filter(Objects::nonNull)
                .map(row -> row.get("mail"))
                .toList();
    }

    private static Map<Object, Object> byId(List<Struct> rows) {
        return rows.stream().collect(Collectors.toMap(row -> row.get("id"), row -> row.get("mail")));
    }

    private static Wal mails() {
        Wal wal = OneTable.in(server, "CREATE TABLE t (id int PRIMARY KEY, mail text)");
        wal.write(Statement.on(0, "INSERT INTO t VALUES (1, 'ann@example.com'), (2, NULL), (3, '')"));
        return wal;
    }

    private static List<Object> mails(List<Struct> rows) {
        return rows.stream().map(row -> row.get("mail")).toList();
    }
}
