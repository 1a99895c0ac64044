// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.postgres.PostgresServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The field {@code source.snapshot}, which says where in a snapshot a row is. */
class SnapshotMarkersOracleIT {

    private static PostgresServer server;

    @BeforeAll
    static void start() throws Exception {
        server = Wal.server();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** @param rows of each table */
    @ParameterizedTest
    @CsvSource({
        "3 1 3, 1",
        "1, 1",
        "3, 1",
        "0 2 2, 1",
        "2 0 2, 1",
        "2 2 0, 1",
        "0 0 1, 1",
        "1 1 1, 1",
        "1 3, 1",
        "1 0 0, 1",
        "3 0 0, 1",
        "3, 3",
        "0 0 3, 3",
        "5, 3"
    })
    void theRowsAreMarkedAsDebeziumMarksThem(String rows, int threads) throws Exception {
        // Given
        List<String> preparations = new ArrayList<>(List.of("CREATE PUBLICATION everything FOR ALL TABLES"));
        for (String count : rows.split(" ", -1)) {
            String table = "t" + preparations.size();
            preparations.add("CREATE TABLE " + table + " (id int PRIMARY KEY)");
            preparations.add("INSERT INTO " + table + " SELECT generate_series(1, " + count + ")");
        }
        Map<String, String> options =
                Map.of("snapshot.max.threads", String.valueOf(threads), "table.include.list", "public.t[0-9]+");
        try (Wal wal = Wal.after(server, preparations.toArray(String[]::new))) {

            // When
            Map<String, String> expected = markers(wal.snapshot(Contender.DEBEZIUM, options));
            Map<String, String> actual = markers(wal.snapshot(Contender.TRIBUTARY, options));

            // Then
            if (rows.startsWith("0") && !rows.endsWith("1")) {
                // No row is the first one for Debezium if the first table is empty.
                assertThat(expected).doesNotContainValue("first");
                expected.replace("oracle.public." + firstWithRows(rows) + " 1", "first");
            }
            assertThat(actual).isEqualTo(expected);
        }
    }

    private static String firstWithRows(String rows) {
        return "t" + (1 + rows.replaceFirst("[1-9].*", "").length());
    }

    private static Map<String, String> markers(List<SourceRecord> snapshot) {
        return new TreeMap<>(snapshot.stream()
                .collect(Collectors.toMap(
                        record -> record.topic() + " " + ((Struct) record.key()).getInt32("id"),
                        SnapshotMoments::marker)));
    }
}
