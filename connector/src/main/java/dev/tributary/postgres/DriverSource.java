// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * Connects with the driver. Each connection has all connection properties, also those that only a plugin of the driver
 * knows; the driver's own data sources leave these out. Its text contains no secrets.
 */
final class DriverSource implements DataSource {

    private final ConnectionTarget target;
    private final Properties properties;

    /** In seconds; 0 for that of the connection properties. */
    private volatile int loginTimeout;

    private DriverSource(ConnectionTarget target, Properties properties) {
        this.target = target;
        this.properties = properties;
    }

    /**
     * A source of connections to a database.
     *
     * @param application the {@code application_name} that the server shows
     */
    static DriverSource of(ConnectionTarget target, String application) {
        return new DriverSource(target, target.properties()).with(PGProperty.APPLICATION_NAME, application);
    }

    /** The same with another connection property. */
    DriverSource with(PGProperty property, String value) {
        Properties changed = new Properties();
        changed.putAll(properties);
        changed.setProperty(property.getName(), value);
        return new DriverSource(target, changed);
    }

    /** Connects. The caller closes the connection. */
    @Override
    public Connection getConnection() throws SQLException {
        String url = target.url();
        Properties complete = properties;
        if (loginTimeout > 0) {
            complete = new Properties();
            complete.putAll(properties);
            PGProperty.LOGIN_TIMEOUT.set(complete, loginTimeout);
        }
        // Not DriverManager: it does not see a driver that only the plugin's class loader knows.
        Connection connection = Driver.parseURL(url, null) == null ? null : new Driver().connect(url, complete);
        if (connection == null) {
            throw new SQLException(
                    "The driver does not accept the URL " + url, "08001", new IllegalArgumentException(url));
        }
        return connection;
    }

    @Override
    public Connection getConnection(@Nullable String user, @Nullable String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("the role is that of " + target);
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) {
        // The driver writes to java.util.logging.
    }

    /** A pool sets the time after which it gives up to wait for a connection. */
    @Override
    public void setLoginTimeout(int seconds) {
        loginTimeout = seconds;
    }

    @Override
    public int getLoginTimeout() {
        return loginTimeout;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("not a driver");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("wraps no " + type.getName());
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }

    @Override
    public String toString() {
        return target.toString();
    }
}
