// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.bare;

import dev.tributary.benchmarks.meter.JvmMeter;
import dev.tributary.benchmarks.meter.JvmReading;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * Reads a table by COPY over one connection of pgjdbc and discards the rows. This is the minimum cost of reading a
 * table this way; several connections can be faster. {@link BareServant} describes its requests and responses.
 */
public final class BareCopy {

    private final String url;
    private final String user;
    private final String statement;

    private BareCopy(String url, String user, String table) {
        this.url = url;
        this.user = user;
        this.statement = "COPY " + table + " TO STDOUT";
    }

    /** Arguments: JDBC URL, user, table. */
    public static void main(String[] arguments) throws IOException, SQLException {
        BareServant.serve(new BareCopy(arguments[0], arguments[1], arguments[2])::read);
    }

    private BareResult read(long rows) throws IOException, SQLException {
        try (JvmMeter meter = JvmMeter.here()) {
            JvmReading before = meter.read();
            long requested = System.nanoTime();
            try (Connection connection = DriverManager.getConnection(url, user, "")) {
                CopyOut copy =
                        connection.unwrap(PGConnection.class).getCopyAPI().copyOut(statement);
                long count = copy.readFromCopy() == null ? 0 : 1;
                long first = System.nanoTime();
                while (copy.readFromCopy() != null) {
                    count++;
                }
                long nanos = System.nanoTime() - first;
                if (count != rows) {
                    throw new IllegalStateException("read " + count + " rows instead of " + rows);
                }
                return new BareResult(
                        count, first - requested, nanos, meter.read().since(before));
            }
        }
    }
}
