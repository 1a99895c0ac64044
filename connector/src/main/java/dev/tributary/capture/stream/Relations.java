// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import dev.tributary.row.CodecCompiler;
import dev.tributary.row.EnumLabels;
import dev.tributary.row.RowImage;
import io.debezium.connector.postgresql.PostgresSchema;
import io.debezium.connector.postgresql.connection.MessageDecoder;
import io.debezium.connector.postgresql.connection.PostgresConnection;
import io.debezium.relational.Table;
import io.debezium.relational.TableSchema;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The captured tables, by the oid that changes refer to them by. Debezium's own decoder reads each relation message and
 * updates its schema; the codecs are compiled from that. So a row is always read with the table as it was when the row
 * was written.
 */
final class Relations {

    private final MessageDecoder decoder;
    private final PostgresConnection connection;
    private final PostgresSchema schema;
    private final CodecCompiler compiler;
    private final Map<Integer, Relation> byId = new HashMap<>();

    /** The result of the last look-up: changes of one table come in runs. */
    private @Nullable Relation last;

    private int lastId;

    Relations(MessageDecoder decoder, PostgresConnection connection, PostgresSchema schema, CodecCompiler compiler) {
        this.decoder = decoder;
        this.connection = connection;
        this.schema = schema;
        this.compiler = compiler;
    }

    /**
     * Updates a table to what a relation message says.
     *
     * @param message the relation message from its type on
     */
    void learn(int id, ByteBuffer message) throws SQLException, InterruptedException {
        last = null;
        decoder.processMessage(message, ignored -> {}, connection.getTypeRegistry());
        Table table = schema.tableFor(id);
        TableSchema tableSchema = table == null ? null : schema.schemaFor(table.id());
        if (table == null || tableSchema == null) {
            byId.remove(id);
        } else {
            byId.put(id, relation(table, tableSchema));
        }
    }

    private Relation relation(Table table, TableSchema tableSchema) {
        return new Relation(
                table,
                tableSchema,
                compiler.values(table, tableSchema),
                compiler.keys(table, tableSchema).orElse(null),
                EnumLabels.of(table, connection.getTypeRegistry()));
    }

    /** Returns a table; null if it is not captured. */
    @Nullable
    Relation get(int id) {
        if (last == null || id != lastId) {
            last = byId.get(id);
            lastId = id;
        }
        return last;
    }

    /**
     * Returns the table of a new row; null if it is not captured. If an enum has been given a label that the row
     * contains, this updates the schema first. The columns stay those that the row was written with; Debezium reads
     * them from the catalog again.
     */
    @Nullable
    Relation get(int id, RowImage row) {
        Relation known = get(id);
        Set<Integer> types = known == null ? Set.of() : known.labels().typesToRefresh(row);
        if (known == null || types.isEmpty()) {
            return known;
        }
        types.forEach(connection.getTypeRegistry()::refresh);
        schema.applySchemaChangesForTable(id, known.described());
        Relation refreshed = relation(known.described(), schema.schemaFor(known.table()));
        refreshed.labels().add(row);
        byId.put(id, refreshed);
        last = refreshed;
        return refreshed;
    }
}
