// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import dev.tributary.postgres.PostgresServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/** A table with a column that an option masks. */
final class Mails {

    static final String SECRET = "ann@example.com";
    static final String MASK = "column.mask.with.5.chars";

    private Mails() {}

    static Wal in(PostgresServer server) {
        return OneTable.in(server, "CREATE TABLE t (id int PRIMARY KEY, mail text, more text)");
    }

    static List<Statement> insert(int id) {
        return Statement.on(0, "INSERT INTO t VALUES (" + id + ", '" + SECRET + "', 'x')");
    }

    /** All texts of the rows that records have. */
    static List<Object> texts(List<SourceRecord> records) {
        List<Object> texts = new ArrayList<>();
        for (SourceRecord record : records) {
            if (record.value() instanceof Struct value && value.schema().field("after") != null) {
                Struct after = value.getStruct("after");
                if (after != null) {
                    after.schema().fields().stream()
                            .map(after::get)
                            .filter(Objects::nonNull)
                            .map(Object::toString)
                            .forEach(texts::add);
                }
            }
        }
        return texts;
    }
}
