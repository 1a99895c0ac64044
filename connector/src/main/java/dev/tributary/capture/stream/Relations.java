// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import dev.tributary.replication.RelationMessage;
import dev.tributary.row.CodecCompiler;
import dev.tributary.row.EnumLabels;
import dev.tributary.row.RowCodec;
import dev.tributary.row.RowImage;
import io.debezium.connector.postgresql.PostgresSchema;
import io.debezium.connector.postgresql.connection.MessageDecoder;
import io.debezium.connector.postgresql.connection.PostgresConnection;
import io.debezium.relational.Table;
import io.debezium.relational.TableSchema;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The captured tables, by the oid that changes refer to them by. Debezium's own decoder reads each relation message and
 * updates its schema; the codecs are compiled from that. So a row is always read with the table as it was when the row
 * was written.
 *
 * <p>Debezium's decoder looks up in today's catalog what the message does not say. Where the message does say it, the
 * message counts: the name of the table, and the primary key if that is the replica identity.
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
        RelationMessage described = RelationMessage.parse(message.duplicate());
        decoder.processMessage(message, ignored -> {}, connection.getTypeRegistry());
        Table table = schema.tableFor(id);
        if (table == null || !isOf(table, described)) {
            // It is not captured, or no longer: Debezium still has it under the name that it had before.
            byId.remove(id);
            return;
        }
        List<String> key = primaryKey(table, described);
        if (!key.equals(table.primaryKeyColumnNames())) {
            table = table.edit().setPrimaryKeyNames(key).create();
            schema.applySchemaChangesForTable(id, table);
        }
        byId.put(id, relation(table, schema.schemaFor(table.id()), described.identityColumns()));
    }

    private static boolean isOf(Table table, RelationMessage described) {
        return described.table().equals(table.id().table())
                && described.schema().equals(table.id().schema());
    }

    /** The primary key when the row was written, or if the message does not show it, what Debezium found. */
    private List<String> primaryKey(Table table, RelationMessage described) throws SQLException {
        List<String> found = table.primaryKeyColumnNames();
        Set<String> shown = described.identityColumns();
        if (!described.showsPrimaryKey() || shown.equals(new HashSet<>(found))) {
            return found;
        }
        if (shown.isEmpty()) {
            // A unique index counts as the key of a table without a primary key.
            boolean hasOne = !connection
                    .readPrimaryKeyNames(connection.connection().getMetaData(), table.id())
                    .isEmpty();
            return hasOne ? List.of() : found;
        }
        List<String> key = new ArrayList<>(found);
        key.retainAll(shown);
        shown.stream().filter(column -> !key.contains(column)).forEach(key::add);
        return key;
    }

    private Relation relation(Table table, TableSchema tableSchema, Set<String> identity) {
        Optional<RowCodec> keys = compiler.keys(table, tableSchema);
        return new Relation(
                table,
                tableSchema,
                compiler.values(table, tableSchema),
                keys.orElse(null),
                keys.map(codec -> new OldKeys(table, codec, compiler.keyColumns(table), identity))
                        .orElse(null),
                identity,
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
        Relation refreshed = relation(known.described(), schema.schemaFor(known.table()), known.identity());
        refreshed.labels().add(row);
        byId.put(id, refreshed);
        last = refreshed;
        return refreshed;
    }
}
