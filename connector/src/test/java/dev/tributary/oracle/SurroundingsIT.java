// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.postgres.PostgresServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The machine of the worker and the address of the server change nothing about what is captured. */
class SurroundingsIT {

    private static PostgresServer server;

    @BeforeAll
    static void start() throws Exception {
        server = Wal.server(Map.of("listen_addresses", "127.0.0.1,::1"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** The digits of these locales are not 0 to 9. */
    @ParameterizedTest
    @ValueSource(strings = {"ar-EG", "fa-IR", "hi-IN-u-nu-deva"})
    void aLocaleWithOtherDigitsChangesNothing(String language) throws Exception {
        // Given
        List<String> expected = captured(Map.of());
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag(language));
        try {

            // When / Then
            assertThat(captured(Map.of())).isEqualTo(expected).hasSizeGreaterThan(9);
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"::1", "[::1]"})
    void anIpv6AddressOfTheServerChangesNothing(String host) throws Exception {
        assertThat(captured(Map.of("database.hostname", host)))
                .isEqualTo(captured(Map.of()))
                .hasSizeGreaterThan(9);
    }

    /** The values of all records of a snapshot and a stream. */
    private static List<String> captured(Map<String, String> more) throws Exception {
        try (Wal wal = Wal.after(
                server,
                "CREATE TABLE goods (id int PRIMARY KEY, price numeric(9, 2), at timestamptz, note text, i_d interval)",
                "INSERT INTO goods SELECT i, i * 1.5, '2024-01-01Z', 'm' || i, '1 day' FROM generate_series(1, 9) AS i",
                "CREATE PUBLICATION everything FOR ALL TABLES")) {
            Map<String, String> options = new HashMap<>(wal.options(Contender.TRIBUTARY, wal.unusedSlot(), Map.of()));
            options.putAll(more);
            options.put("snapshot.mode", "initial");
            options.put("decimal.handling.mode", "string");
            options.put("interval.handling.mode", "string");
            options.put("table.include.list", "public.goods");
            List<SourceRecord> records = new ArrayList<>();
            try (Capture capture = Capture.start(Contender.TRIBUTARY, options, new MemoryOffsets())) {
                records.addAll(capture.untilSnapshotEnds());
                wal.write(Statement.on(0, "UPDATE goods SET price = 4711.42 WHERE id = 7"));
                records.addAll(capture.until(wal.mark()));
            }
            return records.stream()
                    .filter(record -> record.topic().endsWith("goods"))
                    .map(record -> JsonForm.ofTributary().of(record).get(3))
                    .map(text -> text.replaceAll("\"source\":\\{[^}]*\\}", "").replaceAll("\"ts_[a-z]+\":\\d+", ""))
                    .sorted()
                    .toList();
        }
    }
}
