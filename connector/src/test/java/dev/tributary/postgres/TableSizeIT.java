// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.postgres.PostgresServer.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TableSizeIT {

    @RegisterExtension
    private static final TestServer SERVER = TestServer.with();

    @Test
    void countsPartitionsAndValuesThatAreStoredOutOfLine() throws SQLException {
        // Given
        TestDatabase database = SERVER.newDatabase();
        database.execute(
                "CREATE TABLE log (at int) PARTITION BY RANGE (at)",
                "CREATE TABLE log_1 PARTITION OF log FOR VALUES FROM (0) TO (100)",
                "CREATE TABLE log_2 PARTITION OF log FOR VALUES FROM (100) TO (1000)",
                "INSERT INTO log SELECT generate_series(0, 999)",
                "CREATE TABLE large (value text STORAGE EXTERNAL)",
                "INSERT INTO large VALUES (repeat('x', 1000000))",
                "CREATE TABLE empty (id int)",
                "ANALYZE log, large",
                "CREATE TABLE fresh (id int) WITH (autovacuum_enabled = off)",
                "INSERT INTO fresh VALUES (1)");

        // When
        List<TableSize> sizes = sizes(database, "log", "log_2", "large", "empty", "fresh", "missing");

        // Then
        assertThat(sizes).hasSize(5);
        assertThat(size(sizes, "log").rows()).isEqualTo(1000);
        assertThat(size(sizes, "log_2").rows()).isEqualTo(900);
        assertThat(size(sizes, "log").bytes())
                .isGreaterThan(size(sizes, "log_2").bytes());
        assertThat(size(sizes, "large").bytes()).isGreaterThan(1_000_000);
        assertThat(size(sizes, "large").rows()).isEqualTo(1);
        assertThat(size(sizes, "empty").rows()).isZero();
        assertThat(size(sizes, "fresh").rows()).isNull();
    }

    private static List<TableSize> sizes(TestDatabase database, String... names) throws SQLException {
        try (ReadingSession session = ReadingSession.open(database.target("postgres"), "test")) {
            return TableSizeQuery.read(
                    session.connection(),
                    List.of(names).stream()
                            .map(name -> new TableName("public", name))
                            .toList());
        }
    }

    private static TableSize size(List<TableSize> sizes, String name) {
        return sizes.stream()
                .filter(size -> size.table().name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
