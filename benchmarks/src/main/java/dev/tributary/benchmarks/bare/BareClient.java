// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.bare;

import dev.tributary.benchmarks.meter.JvmMeter;
import dev.tributary.benchmarks.meter.JvmReading;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyDual;

/**
 * Reads a slot and discards the rows. No client of pgjdbc can be faster, so this is the limit for the connectors.
 *
 * <p>When there is nothing to read, it sleeps for long instead of blocking in a read, and so does not disturb the
 * walsender. On two cores this reads 20% more rows per second than blocking reads of {@code CopyDual} or
 * {@code PGReplicationStream}. Sleeping for half a millisecond gains 10%; a larger receive buffer is slower.
 *
 * <p>{@link BareServant} describes its requests and responses.
 */
public final class BareClient {

    private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final int MESSAGE_START = 1 + 3 * Long.BYTES;
    private static final int REPLY_REQUESTED = 1 + 2 * Long.BYTES;

    private final String url;
    private final String user;
    private final String command;

    private BareClient(String url, String user, String slot, String publication) {
        this.url = url;
        this.user = user;
        this.command = "START_REPLICATION SLOT " + slot + " LOGICAL 0/0 (proto_version '1', publication_names '"
                + publication + "')";
    }

    /** Arguments: JDBC URL, user, slot, publication. */
    public static void main(String[] arguments) throws IOException, SQLException {
        BareClient client = new BareClient(arguments[0], arguments[1], arguments[2], arguments[3]);
        BareServant.serve(client::read);
    }

    private BareResult read(long rows) throws IOException, SQLException {
        try (JvmMeter meter = JvmMeter.here()) {
            JvmReading before = meter.read();
            long requested = System.nanoTime();
            try (Connection connection = connect()) {
                CopyDual copy =
                        connection.unwrap(PGConnection.class).getCopyAPI().copyDual(command);
                long first = readFirst(copy);
                read(copy, rows - 1);
                return new BareResult(
                        rows,
                        first - requested,
                        System.nanoTime() - first,
                        meter.read().since(before));
            }
        }
    }

    /** Reads the first row and returns the time. */
    private static long readFirst(CopyDual copy) throws SQLException {
        read(copy, 1);
        return System.nanoTime();
    }

    private static void read(CopyDual copy, long rows) throws SQLException {
        for (long row = 0; row < rows; ) {
            byte[] message = copy.readFromCopy(false);
            if (message == null) {
                LockSupport.parkNanos(REST_NANOS);
            } else if (message[0] == 'w') {
                row += isChange(message[MESSAGE_START]) ? 1 : 0;
            } else if (message[REPLY_REQUESTED] != 0) {
                stayAlive(copy);
            }
        }
    }

    private static boolean isChange(byte type) {
        return type == 'I' || type == 'U' || type == 'D';
    }

    /** Replies to the server without acknowledging anything. */
    private static void stayAlive(CopyDual copy) throws SQLException {
        byte[] status =
                ByteBuffer.allocate(1 + 4 * Long.BYTES + 1).put((byte) 'r').array();
        copy.writeToCopy(status, 0, status.length);
        copy.flushCopy();
    }

    private Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("replication", "database");
        properties.setProperty("preferQueryMode", "simple");
        properties.setProperty("assumeMinServerVersion", "14");
        return DriverManager.getConnection(url, properties);
    }
}
