// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import dev.tributary.postgres.PostgresServer;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** Database and role can change the output format of values for all sessions. That must not affect ours. */
class SessionSettingsOracleIT {

    private static PostgresServer server;

    @BeforeAll
    static void start() throws Exception {
        server = Wal.server();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @TestFactory
    Stream<DynamicNode> recordsAreThoseOfADatabaseWithoutSettings() {
        try (Wal wal = Wal.after(server, Everything.preparations())) {
            // Given
            wal.write(Everything.changes());
            Mark end = wal.mark();
            List<SourceRecord> expected = wal.read(Contender.DEBEZIUM, Map.of(), end);
            wal.set(
                    "DateStyle = 'SQL, DMY'",
                    "IntervalStyle = 'iso_8601'",
                    "TimeZone = 'Asia/Kathmandu'",
                    "extra_float_digits = -15",
                    "bytea_output = 'escape'",
                    "standard_conforming_strings = off",
                    "client_encoding = 'LATIN1'");

            // When
            List<SourceRecord> actual = wal.read(Contender.TRIBUTARY, Map.of(), end);

            // Then
            return new Readings(expected, actual).tests();
        }
    }
}
