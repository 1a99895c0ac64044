// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.PostgresSourceConnector;
import dev.tributary.postgres.PostgresServer;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Options that cut values off: they cut each value, or are refused. */
class TruncationsIT {

    private static final String TRUNCATE = "column.truncate.to.3.chars";

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
    void aTruncationLeavesNoHalfOfACharacter() {
        try (Wal wal = OneTable.in(server, "CREATE TABLE t (id int PRIMARY KEY, mail text)")) {
            // Given
            wal.write(Statement.on(0, "INSERT INTO t VALUES (1, 'ab😀d'), (2, 'a😀😀'), (3, 'äöüß')"));
            Map<String, String> truncated = Map.of(TRUNCATE, "public.t.mail");
            Mark end = wal.mark();

            // When
            List<Object> actual = mails(wal.read(Contender.TRIBUTARY, truncated, end));

            // Then
            assertThat(actual).containsExactly("ab", "a😀", "äöü");
            assertThat(mails(wal.read(Contender.DEBEZIUM, truncated, end))).contains("ab\ud83d");
            assertThat(mails(wal.snapshot(Contender.TRIBUTARY, truncated))).isEqualTo(actual);
            assertThat(mails(wal.snapshot(Contender.FALLBACK, truncated))).isEqualTo(actual);
        }
    }

    /** They are published neither as text nor as bytes. */
    @ParameterizedTest
    @CsvSource({
        "int, precise",
        "text[], precise",
        "date, precise",
        "bit(8), precise",
        "boolean, precise",
        "point, precise",
        "'numeric(9,2)', precise",
        "numeric, double",
        "tags, precise"
    })
    void aTruncationOfATypeThatItDoesNotChangeIsRefused(String type, String decimals) {
        try (Wal wal = OneTable.in(
                server, "CREATE DOMAIN tags AS text[]", "CREATE TABLE t (id int PRIMARY KEY, mail " + type + ")")) {
            Map<String, String> options = Map.of(TRUNCATE, "public.t.mail", "decimal.handling.mode", decimals);
            Mark end = wal.mark();
            for (Contender contender : List.of(Contender.TRIBUTARY, Contender.FALLBACK)) {
                assertThatThrownBy(() -> wal.read(contender, options, end))
                        .hasMessageContaining(TRUNCATE)
                        .hasMessageContaining("public.t.mail");
            }
            assertThat(errors(wal.options(Contender.TRIBUTARY, "any", options)))
                    .singleElement()
                    .asString()
                    .contains("public.t.mail");
        }
    }

    /** Debezium trusts the length that a column has: 0 for a number that may have any. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jsonb | {\"mail\": \"ann@example.com\"} | ",
                "uuid | 0c7d5a9e-5d0a-4a8e-8a57-2a1c2f9f3a11 | ",
                "inet | 192.168.1.1 | ",
                "citext | ann@example.com | ",
                "timestamptz | 2026-01-02 03:04:05.123456+00 | ",
                "int4range | [10,2000) | ",
                "xml | <mail>ann</mail> | ",
                "bytea | ann@example.com | binary.handling.mode=bytes",
                "bytea | ann@example.com | binary.handling.mode=base64",
                "numeric | 1234567.89 | decimal.handling.mode=string",
                "numeric(3,2) | -1.25 | decimal.handling.mode=string",
                "date | 2026-01-02 | time.precision.mode=isostring",
                "interval | 1 year 2 days | interval.handling.mode=string",
                "hstore | mail=>ann | hstore.handling.mode=json",
                "varchar(2) | ab | "
            })
    void aTruncationCutsAllThatIsPublishedAsTextOrBytes(String type, String value, @Nullable String option) {
        try (Wal wal = OneTable.in(
                server,
                "CREATE EXTENSION hstore",
                "CREATE EXTENSION citext",
                "CREATE TABLE t (id int PRIMARY KEY, mail " + type + ")")) {
            // Given
            wal.write(Statement.on(0, "INSERT INTO t VALUES (1, '" + value + "')"));
            Map<String, String> options = new HashMap<>(Map.of(TRUNCATE, "public.t.mail"));
            if (option != null) {
                int equals = option.indexOf('=');
                options.put(option.substring(0, equals), option.substring(equals + 1));
            }
            Mark end = wal.mark();

            // Then
            for (Contender contender : List.of(Contender.TRIBUTARY, Contender.FALLBACK)) {
                assertThat(wal.read(contender, options, end))
                        .filteredOn(OneTable::isOf)
                        .singleElement()
                        .satisfies(TruncationsIT::isCut);
                assertThat(wal.snapshot(contender, options))
                        .filteredOn(OneTable::isOf)
                        .singleElement()
                        .satisfies(TruncationsIT::isCut);
            }
            assertThat(errors(wal.options(Contender.TRIBUTARY, "any", options))).isEmpty();
        }
    }

    private static void isCut(SourceRecord record) {
        Object mail = ((Struct) record.value()).getStruct("after").get("mail");
        assertThat(mail instanceof ByteBuffer bytes ? bytes.remaining() : ((String) mail).length())
                .isBetween(1, 3);
    }

    private static List<Object> mails(List<SourceRecord> records) {
        return OneTable.rows(records).stream().map(row -> row.get("mail")).toList();
    }

    private static List<String> errors(Map<String, String> options) {
        return new PostgresSourceConnector()
                .validate(options).configValues().stream()
                        .flatMap(value -> value.errorMessages().stream())
                        .toList();
    }
}
