// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.workload;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/** A table with huge rows. */
public final class ParcelTable {

    public static final String TABLE = "public.parcel";

    private static final int MD5_LENGTH = 32;

    private final BenchTable beside;

    private ParcelTable(BenchTable beside) {
        this.beside = beside;
    }

    /** Makes the table in the database of another one, and publishes it with that. */
    public static ParcelTable create(BenchTable beside) throws SQLException {
        try (Connection connection = beside.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE parcel (id bigint PRIMARY KEY, content text STORAGE EXTERNAL NOT NULL)");
            statement.execute("ALTER PUBLICATION " + BenchTable.PUBLICATION + " ADD TABLE parcel");
        }
        return new ParcelTable(beside);
    }

    /** Inserts rows, the first ones, of about a size, each in a transaction of its own. */
    public Backlog load(int rows, long bytesPerRow) throws SQLException {
        try (Connection connection = beside.connect();
                PreparedStatement insert =
                        connection.prepareStatement("INSERT INTO parcel VALUES (?, repeat(md5(?::text), ?))")) {
            for (int id = 1; id <= rows; id++) {
                insert.setLong(1, id);
                insert.setLong(2, id);
                insert.setInt(3, Math.toIntExact(bytesPerRow / MD5_LENGTH));
                insert.executeUpdate();
            }
        }
        return new Backlog(1, rows);
    }
}
