// SPDX-License-Identifier: Apache-2.0
package dev.tributary.replication;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a relation message says of a table as it was when the changes that follow were made (<a
 * href="https://www.postgresql.org/docs/current/protocol-logicalrep-message-formats.html">its format</a>).
 *
 * @param schema the name of its schema
 * @param table its name
 * @param identity its replica identity, as in {@code pg_class.relreplident}
 * @param types the columns whose values rows have, in the order of the table, and the OIDs of their types
 * @param identityColumns those of the replica identity, in the same order
 */
public record RelationMessage(
        String schema, String table, char identity, Map<String, Integer> types, Set<String> identityColumns) {

    private static final char BY_PRIMARY_KEY = 'd';

    /** The name of the schema is empty for this one. */
    private static final String CATALOG = "pg_catalog";

    /** @param message the message from its type on; its position is moved */
    public static RelationMessage parse(ByteBuffer message) {
        message.get(); // the type
        message.getInt(); // the oid
        String schema = text(message);
        String table = text(message);
        char identity = (char) message.get();
        Map<String, Integer> types = new LinkedHashMap<>();
        Set<String> identifying = new LinkedHashSet<>();
        for (int left = message.getShort(); left > 0; left--) {
            boolean identifies = (message.get() & 1) != 0;
            String column = text(message);
            types.put(column, message.getInt());
            message.getInt(); // the modifier of the type
            if (identifies) {
                identifying.add(column);
            }
        }
        return new RelationMessage(schema.isEmpty() ? CATALOG : schema, table, identity, types, identifying);
    }

    /** The names of the columns, in the order of the table. */
    public List<String> columns() {
        return List.copyOf(types.keySet());
    }

    /**
     * Whether the columns of the replica identity are those of the primary key. If they are empty, the table has no
     * key, or a deferrable one, which identifies no row.
     */
    public boolean showsPrimaryKey() {
        return identity == BY_PRIMARY_KEY;
    }

    private static String text(ByteBuffer message) {
        int start = message.position();
        int end = start;
        while (message.get(end) != 0) {
            end++;
        }
        byte[] bytes = new byte[end - start];
        message.get(bytes);
        message.get(); // the zero
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
