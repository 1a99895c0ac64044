// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import dev.tributary.postgres.PostgresServer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/** The table of a test that has only one: {@code t}, which may have quotes in its name. */
final class OneTable {

    private OneTable() {}

    /** A database with the table, which is published. */
    static Wal in(PostgresServer server, String... statements) {
        List<String> sql = new ArrayList<>(List.of(statements));
        sql.add("CREATE PUBLICATION everything FOR ALL TABLES");
        return Wal.after(server, sql.toArray(String[]::new));
    }

    /** The new rows of the table. */
    static List<Struct> rows(List<SourceRecord> records) {
        return records.stream()
                .filter(OneTable::isOf)
                .map(record -> ((Struct) record.value()).getStruct("after"))
                .toList();
    }

    static boolean isOf(SourceRecord record) {
        return record.topic().matches("oracle\\.public\\._?t_?");
    }
}
