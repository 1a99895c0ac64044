// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import dev.tributary.row.CodecCompiler;
import io.debezium.connector.postgresql.PostgresSchema;
import io.debezium.connector.postgresql.connection.MessageDecoder;
import io.debezium.connector.postgresql.connection.PostgresConnection;
import io.debezium.relational.Table;
import io.debezium.relational.TableSchema;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The captured tables by the ids that the stream names them by. Debezium's own decoder reads each relation message and
 * brings its schema up to date with it; the codecs are compiled from that, so a row is always read with the table as it was
 * when the row was written.
 */
final class Relations {

    private final MessageDecoder decoder;
    private final PostgresConnection connection;
    private final PostgresSchema schema;
    private final CodecCompiler compiler;
    private final Map<Integer, Relation> byId = new HashMap<>();

    /** What was asked for last: changes of one table come in runs. */
    private @Nullable Relation last;

    private int lastId;

    Relations(MessageDecoder decoder, PostgresConnection connection, PostgresSchema schema, CodecCompiler compiler) {
        this.decoder = decoder;
        this.connection = connection;
        this.schema = schema;
        this.compiler = compiler;
    }

    /**
     * Learns what a table looks like from here on.
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
            byId.put(
                    id,
                    new Relation(
                            table.id(),
                            tableSchema,
                            compiler.values(table, tableSchema),
                            compiler.keys(table, tableSchema).orElse(null)));
        }
    }

    /** The table with an id; null when it is not captured. */
    @Nullable
    Relation get(int id) {
        if (last == null || id != lastId) {
            last = byId.get(id);
            lastId = id;
        }
        return last;
    }
}
