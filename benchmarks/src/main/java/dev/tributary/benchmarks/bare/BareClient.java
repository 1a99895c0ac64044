// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.bare;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.benchmarks.meter.JvmMeter;
import dev.tributary.benchmarks.meter.JvmReading;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyDual;

/**
 * Reads a slot and throws the rows away: the fastest that a client of pgjdbc can be, so the limit for all others.
 *
 * <p>It rests when nothing is there, rather than to block in a read, which lets the walsender work undisturbed: on two cores
 * that is a tenth more rows a second than blocking reads of {@code CopyDual}, or {@code PGReplicationStream}, bring.
 *
 * <p>Told on standard input how many rows to read, it reads them and answers with a line of JSON, and again, so that it is
 * as warm as the workers are. It ends with its input.
 */
public final class BareClient {

    private static final long REST_NANOS = TimeUnit.MICROSECONDS.toNanos(500);
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
        ObjectMapper json = new ObjectMapper();
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                System.out.println(json.writeValueAsString(client.read(Long.parseLong(line))));
            }
        }
    }

    private BareResult read(long rows) throws IOException, SQLException {
        try (JvmMeter meter = JvmMeter.here()) {
            JvmReading before = meter.read();
            try (Connection connection = connect()) {
                CopyDual copy =
                        connection.unwrap(PGConnection.class).getCopyAPI().copyDual(command);
                long nanos = read(copy, rows);
                return new BareResult(rows, nanos, meter.read().since(before));
            }
        }
    }

    private static long read(CopyDual copy, long rows) throws SQLException {
        long first = 0;
        for (long row = 0; row < rows; ) {
            byte[] message = copy.readFromCopy(false);
            if (message == null) {
                LockSupport.parkNanos(REST_NANOS);
            } else if (message[0] == 'w') {
                if (message[MESSAGE_START] == 'I' && row++ == 0) {
                    first = System.nanoTime();
                }
            } else if (message[REPLY_REQUESTED] != 0) {
                stayAlive(copy);
            }
        }
        return System.nanoTime() - first;
    }

    /** Answers the server, and acknowledges nothing. */
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
