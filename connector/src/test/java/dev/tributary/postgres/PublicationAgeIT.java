// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With ids of transactions that are as far apart as no test can wait for. */
class PublicationAgeIT {

    private static PostgresServer server;

    @BeforeAll
    static void start() throws Exception {
        server = PostgresServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest(name = "{0} transactions ago, compared with {1}: {2}")
    @CsvSource({
        "10,          1000,        false",
        "1000,        1000,        false",
        "1001,        1000,        true",
        "2147483000,  1000,        true",
        "2147484000,  1000,        true",
        "4000000000,  2000000000,  true",
        "100,         2000000000,  false",
    })
    void theAgesOfTransactionsAreCompared(long age, long other, boolean isOlder) throws Exception {
        assertThat(isOlder(age, other)).isEqualTo(isOlder);
    }

    /** Ids of transactions have 32 bits, and the first three of them are special. */
    private static boolean isOlder(long age, long other) throws SQLException {
        try (var connection = Database.connect(server.target())) {
            String ago = "((pg_current_xact_id()::text::bigint - %s + 8589934592) %% 4294967296)::text::xid";
            return Database.rows(
                            connection,
                            "SELECT " + PublicationAge.isOlder(ago.formatted(age), ago.formatted(other)),
                            row -> row.getBoolean(1))
                    .get(0);
        }
    }
}
