// SPDX-License-Identifier: Apache-2.0
package dev.tributary.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.tributary.sandbox.ConnectRestException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** A PUT of the configuration of a connector that has captured: what its task accepts is not refused. */
class ChangedConfigurationIT {

    private final Servers servers = Servers.shared();
    private final TestDatabase database = servers.database();

    ChangedConfigurationIT() throws SQLException {
        database.execute(
                "CREATE TABLE orders (id int PRIMARY KEY, code int NOT NULL)",
                "CREATE UNIQUE INDEX by_code ON orders (code)",
                "INSERT INTO orders VALUES (1, 10)",
                "CREATE TABLE gone (id int PRIMARY KEY)");
    }

    @Test
    void aConnectorWhoseTablesHaveChangedCanBeChanged() throws Exception {
        // Given
        try (TestConnector connector = new TestConnector(servers.rest(), database).tables("public.orders,public.gone");
                Topics topics = new Topics(servers, connector)) {
            connector.start();
            topics.await("orders", 1);
            database.execute("ALTER TABLE orders REPLICA IDENTITY USING INDEX by_code", "DROP TABLE gone");

            // When
            connector.with("poll.interval.ms", "20").put();

            // Then
            database.execute("INSERT INTO orders VALUES (2, 20)");
            topics.await("orders", 2);

            // When
            ConnectRestException refused = catchThrowableOfType(
                    ConnectRestException.class,
                    () -> connector
                            .tables("public.orders,public.gone,public.ordres")
                            .put());

            // Then
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused)
                    .hasMessageContaining("'public.ordres' matches no table")
                    .hasMessageNotContaining("public.gone' matches");
        }
    }

    @Test
    void aConnectorThatIsStoppedCanBeChanged() throws Exception {
        // Given
        try (TestConnector connector = new TestConnector(servers.rest(), database).tables("public.orders");
                Topics topics = new Topics(servers, connector)) {
            connector.start();
            topics.await("orders", 1);
            servers.rest().stop(connector.name());
            await("stopped").until(() -> connector.connectorState().equals("STOPPED"));
            database.execute("ALTER TABLE orders REPLICA IDENTITY USING INDEX by_code");

            // When
            connector.with("poll.interval.ms", "20").put();
            servers.rest().resume(connector.name());

            // Then
            database.execute("INSERT INTO orders VALUES (2, 20)");
            topics.await("orders", 2);
        }
    }
}
