// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static dev.tributary.oracle.OneTable.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.postgres.PostgresServer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Debezium's post processor that reads again what the WAL does not have. */
class ReselectIT {

    private static final Map<String, String> RESELECT = Map.of(
            "post.processors", "reselect",
            "reselect.type", "io.debezium.processors.reselect.ReselectColumnsPostProcessor");

    private static final String HASH = "column.mask.hash.SHA-256.with.salt.pepper";
    private static final String LONG_MAIL = "ann" + "n".repeat(9_000) + "@example.com";

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
    void aKeyThatMustBeQuotedIsFoundAgain() throws Exception {
        assertThat(textAfterUpdate(Contender.DEBEZIUM)).isEqualTo("__debezium_unavailable_value");
        assertThat(textAfterUpdate(Contender.TRIBUTARY)).isEqualTo("x".repeat(9_000));
    }

    private static String textAfterUpdate(Contender contender) throws Exception {
        try (Wal wal = Wal.after(
                        server,
                        "CREATE TABLE notes (\"Id\" int PRIMARY KEY, text text, times int)",
                        "ALTER TABLE notes ALTER text SET STORAGE EXTERNAL",
                        "INSERT INTO notes VALUES (1, repeat('x', 9000), 0)",
                        "CREATE PUBLICATION everything FOR ALL TABLES");
                Capture capture = Capture.start(
                        contender,
                        wal.options(contender, wal.newSlot(), with("table.include.list", "public.notes")),
                        new MemoryOffsets())) {
            wal.write(Statement.on(0, "UPDATE notes SET times = 1"));
            return capture.until(wal.mark()).stream()
                    .filter(record -> record.topic().endsWith("notes"))
                    .map(SourceRecord::value)
                    .map(value -> ((Struct) value).getStruct("after").getString("text"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** The row has its value by the time the event of its insert is made. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                HASH,
                "column.mask.hash.v2.SHA-512.with.salt.pepper",
                "column.truncate.to.3.chars",
                "column.truncate.to.40.chars"
            })
    void aNullThatIsReadAgainIsMaskedToo(String mask) {
        try (Wal wal = mails()) {
            // Given
            wal.write(Statement.on(
                    0,
                    "INSERT INTO t VALUES (1)",
                    "UPDATE t SET mail = '" + LONG_MAIL + "', mood = 'frightfully sad'"));
            Map<String, String> options = with(mask, "public.t.(mail|mood)");
            Mark end = wal.mark();

            // When
            List<Struct> rows = rows(wal.read(Contender.TRIBUTARY, options, end));

            // Then
            assertThat(rows).hasSize(2);
            assertThat(rows.get(0)).as("read again").isEqualTo(rows.get(1));
            assertThat(rows.get(1).getString("mail")).isNotEqualTo(LONG_MAIL);
            assertThat(mails(wal, Contender.FALLBACK, options, end))
                    .containsOnly(rows.get(1).getString("mail"));
            assertThat(mails(wal, Contender.DEBEZIUM, options, end)).contains(LONG_MAIL);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {HASH, "column.mask.with.5.chars", "column.truncate.to.3.chars", "column.truncate.to.40.chars"})
    void aLargeValueThatIsReadAgainIsMaskedToo(String mask) {
        try (Wal wal = mails()) {
            // Given
            wal.write(Statement.on(
                    0, "INSERT INTO t VALUES (1, '" + LONG_MAIL + "', 'fine', 0)", "UPDATE t SET times = 1"));
            Map<String, String> options = with(mask, "public.t.mail");
            Mark end = wal.mark();

            // When
            List<Struct> rows = rows(wal.read(Contender.TRIBUTARY, options, end));

            // Then
            assertThat(rows).extracting(row -> row.get("times")).containsExactly((short) 0, (short) 1);
            assertThat(rows.get(0).getString("mail")).isNotEqualTo(LONG_MAIL);
            assertThat(rows.get(1).getString("mail"))
                    .as("read again")
                    .isEqualTo(rows.get(0).getString("mail"));
            assertThat(mails(wal, Contender.FALLBACK, options, end)).doesNotContain(LONG_MAIL);
        }
    }

    @Test
    void debeziumPublishesALargeValueInsteadOfItsBeginning() {
        try (Wal wal = mails()) {
            wal.write(Statement.on(
                    0, "INSERT INTO t VALUES (1, '" + LONG_MAIL + "', 'fine', 0)", "UPDATE t SET times = 1"));
            assertThat(mails(wal, Contender.DEBEZIUM, with("column.truncate.to.40.chars", "public.t.mail"), wal.mark()))
                    .containsExactly(LONG_MAIL.substring(0, 40), LONG_MAIL);
        }
    }

    @Test
    void aValueThatIsReadAgainIsConvertedByTheUsersConverterAndMasked() {
        try (Wal wal = mails()) {
            // Given
            wal.write(Statement.on(0, "INSERT INTO t VALUES (1)", "UPDATE t SET mail = 'ann@example.com'"));
            Map<String, String> options = with(HASH, "public.t.mail");
            options.put("converters", "shout");
            options.put("shout.type", ShoutingConverter.class.getName());
            Mark end = wal.mark();

            // When
            List<String> mails = mails(wal, Contender.TRIBUTARY, options, end);

            // Then
            options.remove(HASH);
            assertThat(mails(wal, Contender.TRIBUTARY, options, end)).containsOnly("ANN@EXAMPLE.COM!");
            assertThat(mails).hasSize(2).doesNotContain("ANN@EXAMPLE.COM!").containsOnly(mails.get(1));
        }
    }

    @Test
    void aRowThatIsNotFoundAgainIsNotQuoted() {
        try (Wal wal = OneTable.in(server, "CREATE TABLE t (name text PRIMARY KEY, mail text)")) {
            // Given
            wal.write(Statement.on(0, "INSERT INTO t VALUES ('Ann Other')", "DELETE FROM t"));
            Map<String, String> options = with("reselect.reselect.error.handling.mode", "fail");

            // When
            assertThatThrownBy(() -> wal.read(Contender.TRIBUTARY, options, wal.mark()))
                    // Then
                    .extracting(Throwables::getStackTrace)
                    .asString()
                    .contains("ReselectColumnsPostProcessor")
                    .doesNotContain("Ann Other");
        }
    }

    private static Wal mails() {
        return OneTable.in(
                server,
                "CREATE TYPE mood AS ENUM ('fine', 'frightfully sad')",
                "CREATE TABLE t (id bigint PRIMARY KEY, mail text, mood mood, times smallint)",
                "ALTER TABLE t ALTER mail SET STORAGE EXTERNAL");
    }

    private static List<String> mails(Wal wal, Contender contender, Map<String, String> options, Mark end) {
        return rows(wal.read(contender, options, end)).stream()
                .map(row -> row.getString("mail"))
                .toList();
    }

    private static Map<String, String> with(String option, String value) {
        Map<String, String> options = new HashMap<>(RESELECT);
        options.put(option, value);
        return options;
    }
}
