// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import dev.tributary.replication.RelationMessage;
import dev.tributary.row.CodecCompiler;
import dev.tributary.row.EnumLabels;
import dev.tributary.row.RowCodec;
import dev.tributary.row.RowImage;
import io.debezium.connector.postgresql.connection.MessageDecoder;
import io.debezium.relational.Column;
import io.debezium.relational.Table;
import io.debezium.relational.TableId;
import io.debezium.relational.TableSchema;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    private final LookupConnection connection;
    private final CaptureSchema schema;
    private final CodecCompiler compiler;
    private final PartitionIdentities partitions = new PartitionIdentities();
    private final Map<Integer, Relation> byId = new HashMap<>();

    /** The result of the last look-up: changes of one table come in runs. */
    private @Nullable Relation last;

    private int lastId;

    Relations(MessageDecoder decoder, LookupConnection connection, CaptureSchema schema, CodecCompiler compiler) {
        this.decoder = decoder;
        this.connection = connection;
        this.schema = schema;
        this.compiler = compiler;
    }

    /**
     * Updates a table to what a relation message says, and returns it; null if it is not captured.
     *
     * @param message the relation message from its type on
     */
    @Nullable
    Relation learn(int id, ByteBuffer message) throws SQLException, InterruptedException {
        last = null;
        RelationMessage described = RelationMessage.parse(message.duplicate());
        partitions.described(id, described);
        TableId name = new TableId(null, described.schema(), described.table());
        Table before = schema.tableFor(name);
        connection.means(name, Integer.toUnsignedLong(id), described.types());
        try {
            decoder.processMessage(message, ignored -> {}, connection.getTypeRegistry());
        } finally {
            connection.means(null, 0, Map.of());
        }
        Table table = schema.described(id);
        if (table == null || !isOf(table, described)) {
            // It is not captured, or no longer: Debezium still has it under the name that it had before.
            byId.remove(id);
            return null;
        }
        List<String> key = primaryKey(id, table, described, before);
        Set<String> required = requiredAlthoughDropped(id, table, key);
        if (!key.equals(table.primaryKeyColumnNames()) || !required.isEmpty()) {
            table = RequiredColumns.requiring(required, table)
                    .edit()
                    .setPrimaryKeyNames(key)
                    .create();
            schema.applySchemaChangesForTable(id, table);
        }
        Relation learned = relation(table, schemaFor(table.id()), oldRows(id, table, described));
        byId.put(id, learned);
        return learned;
    }

    private static boolean isOf(Table table, RelationMessage described) {
        return described.table().equals(table.id().table())
                && described.schema().equals(table.id().schema());
    }

    /** The primary key when the row was written, or if the message does not show it, what is known of it. */
    private List<String> primaryKey(int id, Table table, RelationMessage described, @Nullable Table before)
            throws SQLException {
        List<String> found = knownKey(id, table, before);
        Set<String> shown = described.identityColumns();
        if (!described.showsPrimaryKey() || shown.equals(new HashSet<>(found))) {
            return found;
        }
        if (shown.isEmpty()) {
            // A key that Postgres would not show may have been there, or a unique index, which counts as the key then.
            return IdentifyingKey.exists(connection.connection(), Integer.toUnsignedLong(id)) ? List.of() : found;
        }
        List<String> key = new ArrayList<>(found);
        key.retainAll(shown);
        shown.stream().filter(column -> !key.contains(column)).forEach(key::add);
        return key;
    }

    /**
     * The key that Debezium found in the catalog. Of a table that was dropped that is the one of a table that has the
     * name now, so its own counts more, as far as the stream has seen it, and without either the key of the table that
     * had the name before.
     */
    private List<String> knownKey(int id, Table table, @Nullable Table before) throws SQLException {
        List<String> found = table.primaryKeyColumnNames();
        Relation seen = byId.get(id);
        List<String> known = Stream.of(
                        seen == null ? List.<String>of() : seen.described().primaryKeyColumnNames(),
                        found,
                        before == null ? List.<String>of() : before.primaryKeyColumnNames())
                .filter(key -> !key.isEmpty() && table.retrieveColumnNames().containsAll(key))
                .findFirst()
                .orElse(found);
        return known.equals(found) || connection.exists(Integer.toUnsignedLong(id)) ? found : known;
    }

    /** Nothing says which columns of a dropped table were {@code NOT NULL}, but those of its key were. */
    private Set<String> requiredAlthoughDropped(int id, Table table, List<String> key) throws SQLException {
        Set<String> optional = key.stream()
                .filter(column -> table.columnWithName(column).isOptional())
                .collect(Collectors.toSet());
        return optional.isEmpty() || connection.exists(Integer.toUnsignedLong(id)) ? Set.of() : optional;
    }

    private OldRowColumns oldRows(int id, Table table, RelationMessage described) {
        Set<String> required =
                RequiredColumns.of(table).columns().stream().map(Column::name).collect(Collectors.toSet());
        return new OldRowColumns(described.columns(), described.identityColumns(), required, partitions.of(id));
    }

    /** A change of rows has arrived, whether or not it is sent. */
    void changed(int id) {
        partitions.changed(id);
    }

    /** A truncate has arrived. */
    void truncated() {
        partitions.truncated();
    }

    private Relation relation(Table table, TableSchema tableSchema, OldRowColumns oldRows) {
        Optional<RowCodec> keys = compiler.keys(table, tableSchema);
        return new Relation(
                table,
                tableSchema,
                compiler.values(table, tableSchema),
                keys.orElse(null),
                keys.map(codec -> new OldKeys(table, codec, compiler.keyColumns(table), oldRows))
                        .orElse(null),
                oldRows,
                RequiredColumns.of(table),
                EnumLabels.of(table, connection.getTypeRegistry()));
    }

    private TableSchema schemaFor(TableId table) {
        return Objects.requireNonNull(schema.schemaFor(table));
    }

    /** Returns the table of a change; null if it is not captured. */
    @Nullable
    Relation get(int id) {
        if (last == null || id != lastId) {
            last = byId.get(id);
            lastId = id;
            schema.assertStreamable(id);
        }
        return last;
    }

    /**
     * Returns the table of a change; null if it is not captured. If the change shows that the schema is not that of its
     * rows, this updates the schema first: an enum has been given a label, or a column had a null and is {@code NOT
     * NULL} now. The columns stay those that the row was written with; Debezium reads them from the catalog again.
     *
     * @param before the old row; null if it was not sent
     * @param after the new row; null for a delete
     */
    @Nullable
    Relation get(int id, @Nullable RowImage before, @Nullable RowImage after) {
        Relation known = get(id);
        if (known == null) {
            return null;
        }
        Set<Integer> types = after == null ? Set.of() : known.labels().typesToRefresh(after);
        Set<String> nulls = known.required().nullIn(before, after, known.oldRows());
        if (types.isEmpty() && nulls.isEmpty()) {
            return known;
        }
        types.forEach(connection.getTypeRegistry()::refresh);
        Table table = RequiredColumns.allowing(nulls, known.described());
        schema.applySchemaChangesForTable(id, table);
        Relation refreshed =
                relation(table, schemaFor(table.id()), known.oldRows().allowing(nulls));
        if (after != null) {
            refreshed.labels().add(after);
        }
        byId.put(id, refreshed);
        last = refreshed;
        return refreshed;
    }
}
