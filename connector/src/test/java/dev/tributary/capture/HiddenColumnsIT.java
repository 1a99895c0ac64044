// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.config.ColumnList;
import dev.tributary.config.ColumnList.Use;
import dev.tributary.config.HidingLists;
import dev.tributary.postgres.PostgresServer;
import io.debezium.relational.TableId;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How often the catalog is read for a table with many partitions. */
class HiddenColumnsIT {

    private static final TableId ROOT = new TableId("", "public", "t");
    private static final List<String> COLUMNS = List.of("id", "mail");

    private static PostgresServer server;

    private final List<String> queries = new ArrayList<>();
    private Connection direct;
    private Connection connection;
    private long oid;

    @BeforeAll
    static void start() throws Exception {
        server = PostgresServer.start();
        server.execute(
                "CREATE TABLE t (id int, mail text) PARTITION BY RANGE (id)",
                "DO $$ BEGIN FOR i IN 1..50 LOOP EXECUTE format("
                        + "'CREATE TABLE t_%s PARTITION OF t FOR VALUES FROM (%s) TO (%s)', i, i, i + 1);"
                        + " END LOOP; END $$");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void connect() throws SQLException {
        direct = DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + server.port() + "/postgres", "postgres", "postgres");
        connection = (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("prepareStatement")) {
                        queries.add(arguments[0].toString());
                    }
                    try {
                        return method.invoke(direct, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        oid = Long.parseLong(server.ask("SELECT 't'::regclass::oid::text"));
    }

    @AfterEach
    void disconnect() throws SQLException {
        direct.close();
    }

    /** The server describes the root again before the first change of each partition. */
    @Test
    void aRootThatIsDescribedAgainCostsOneQueryOfOneRow() throws SQLException {
        // Given
        HiddenColumns columns = masking("public\\.t.*\\.mail");
        columns.assertStreamable(connection, oid, ROOT, COLUMNS);
        columns.assertStreamable(connection, oid, ROOT, COLUMNS);
        queries.clear();

        // When
        for (int i = 0; i < 50; i++) {
            columns.assertStreamable(connection, oid, ROOT, COLUMNS);
        }

        // Then
        assertThat(queries).hasSize(50).allMatch(query -> query.contains("md5"));
    }

    @Test
    void anotherNameOfAPartitionIsNoticed() throws SQLException {
        // Given
        HiddenColumns columns = masking("public\\.secret\\.mail");
        columns.assertStreamable(connection, oid, ROOT, COLUMNS);
        columns.assertStreamable(connection, oid, ROOT, COLUMNS);

        // When
        server.execute("ALTER TABLE t_7 RENAME TO secret");

        // Then
        assertThatThrownBy(() -> columns.assertStreamable(connection, oid, ROOT, COLUMNS))
                .hasMessageContaining("public.secret.mail")
                .hasMessageContaining("public.t.mail");
        server.execute("ALTER TABLE secret RENAME TO t_7");
    }

    private static HiddenColumns masking(String expression) {
        return new HiddenColumns(
                HidingLists.of(List.of(new ColumnList("option", Use.MASK, List.of(expression)))),
                name -> true,
                table -> false);
    }
}
