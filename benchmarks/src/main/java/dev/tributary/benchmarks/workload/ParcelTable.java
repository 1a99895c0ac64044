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

    private final BenchTable benchTable;

    private ParcelTable(BenchTable benchTable) {
        this.benchTable = benchTable;
    }

    /** Creates the table in the database of another table, and adds it to the publication of that table. */
    public static ParcelTable create(BenchTable benchTable) throws SQLException {
        try (Connection connection = benchTable.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE parcel (id bigint PRIMARY KEY, content text STORAGE EXTERNAL NOT NULL)");
            statement.execute("ALTER PUBLICATION " + BenchTable.PUBLICATION + " ADD TABLE parcel");
        }
        return new ParcelTable(benchTable);
    }

    /** Inserts the first rows, of about the given size, each in a separate transaction. */
    public Backlog load(int rows, long bytesPerRow) throws SQLException {
        try (Connection connection = benchTable.connect();
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
