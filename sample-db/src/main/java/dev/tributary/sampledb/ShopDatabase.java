// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sampledb;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;

/** The sample database: the tables of a shop, with data. */
public final class ShopDatabase {

    public static final String SCHEMA = "shop";

    /** The names of the tables, without the schema. The traffic inserts, updates and deletes rows in all of them. */
    public static final List<String> TABLES =
            List.of("customers", "products", "orders", "order_lines", "payments", "outbox", "sensor_readings");

    /**
     * The SQL files in the order to run them. They are resources in the package of this class, and psql can run them.
     */
    public static final List<String> FILES = List.of("1-schema.sql", "2-seed.sql");

    private ShopDatabase() {}

    /**
     * Creates and fills the schema {@value #SCHEMA}, all or nothing.
     *
     * @throws SQLException if the schema already exists or the role is not allowed to create it
     */
    public static void create(Connection connection) throws SQLException {
        boolean autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            for (String file : FILES) {
                statement.execute(sql(file));
            }
            connection.commit();
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(autoCommit);
        }
    }

    /**
     * The text of one of {@link #FILES}.
     *
     * @throws NullPointerException if the file does not exist
     */
    public static String sql(String file) {
        try (InputStream in = Objects.requireNonNull(ShopDatabase.class.getResourceAsStream(file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
