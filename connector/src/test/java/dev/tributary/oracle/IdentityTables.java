// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import java.util.ArrayList;
import java.util.List;

/**
 * Each replica identity that contains the key, with each kind of change, and with values stored out of line, which
 * Postgres does not send again.
 */
final class IdentityTables {

    /**
     * @param name the table
     * @param key the constraint on its first column, which may make that a key
     * @param index the columns of a unique index
     * @param identity its replica identity
     * @param old whether the server sends old rows; without them it refuses updates and deletes
     */
    private record Kind(String name, String key, String index, String identity, boolean old) {}

    private static final List<Kind> KINDS = List.of(
            new Kind("identity_default", "PRIMARY KEY", "code", "DEFAULT", true),
            new Kind("identity_full", "PRIMARY KEY", "code", "FULL", true),
            new Kind("identity_index", "PRIMARY KEY", "code, id", "USING INDEX identity_index_code", true),
            new Kind("identity_nothing", "PRIMARY KEY", "code", "NOTHING", false),
            new Kind("keyless_full", "NOT NULL", "code", "FULL", true),
            new Kind("keyless_index", "NOT NULL", "code", "USING INDEX keyless_index_code", true),
            new Kind("keyless_default", "NOT NULL", "code", "DEFAULT", false));

    /** Types whose large values have a placeholder of Debezium's; for others see {@link LargeValuesOracleIT}. */
    private static final List<String> LARGE = List.of(
            "text",
            "varchar(20000)",
            "bytea",
            "json",
            "jsonb",
            "xml",
            "citext",
            "hstore",
            "int[]",
            "bigint[]",
            "text[]",
            "varchar(9)[]",
            "uuid[]",
            "jsonb[]",
            "tsvector",
            "document");

    private IdentityTables() {}

    static List<String> tables() {
        List<String> sql = new ArrayList<>();
        for (Kind kind : KINDS) {
            sql.add("CREATE TABLE " + kind.name() + " (id int " + kind.key()
                    + ", code int NOT NULL, note text DEFAULT 'none', " + String.join(", ", largeColumns()) + ")");
            for (int i = 0; i < LARGE.size(); i++) {
                sql.add("ALTER TABLE " + kind.name() + " ALTER " + large(i) + " SET STORAGE EXTERNAL");
            }
            sql.add("CREATE UNIQUE INDEX " + kind.name() + "_code ON " + kind.name() + " (" + kind.index() + ")");
            sql.add("ALTER TABLE " + kind.name() + " REPLICA IDENTITY " + kind.identity());
        }
        sql.add("CREATE TABLE child (id int PRIMARY KEY, parent int REFERENCES identity_default)");
        return sql;
    }

    static List<String> changes() {
        List<String> sql = new ArrayList<>();
        KINDS.forEach(kind -> changes(kind, sql));
        sql.add("INSERT INTO child VALUES (1, NULL)");
        sql.add("TRUNCATE identity_default CASCADE");
        sql.add("TRUNCATE identity_full, identity_nothing, keyless_full, child RESTART IDENTITY");
        return sql;
    }

    private static void changes(Kind kind, List<String> sql) {
        String insert = "INSERT INTO " + kind.name() + " (id, code, note, " + largeNames() + ") ";
        sql.add(insert + "SELECT i, i, 'row ' || i, " + largeValues("x") + " FROM generate_series(1, 6) i");
        sql.add("INSERT INTO " + kind.name() + " (id, code) VALUES (7, 7)");
        if (kind.old()) {
            String update = "UPDATE " + kind.name() + " SET ";
            sql.add(update + "note = 'changed' WHERE id = 1");
            sql.add(update + "note = note WHERE id = 2");
            sql.add(update + "code = 30 WHERE id = 3");
            sql.add(update + "id = 40 WHERE id = 4");
            sql.add(update + "id = 50, code = 50, note = NULL WHERE id = 5");
            sql.add(update + assigned(largeValues("y")) + " WHERE id IN (1, 7)");
            sql.add(update + assigned(nulls()) + " WHERE id = 2");
            sql.add(update + "c0_text = 'short' WHERE id = 6");
            sql.add("DELETE FROM " + kind.name() + " WHERE id IN (1, 2, 6)");
        }
    }

    private static List<String> largeColumns() {
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < LARGE.size(); i++) {
            columns.add(large(i) + " " + LARGE.get(i));
        }
        return columns;
    }

    private static String large(int i) {
        return TypeCase.typed(LARGE.get(i)).column(i);
    }

    private static String largeNames() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < LARGE.size(); i++) {
            names.add(large(i));
        }
        return String.join(", ", names);
    }

    private static String assigned(String values) {
        return "(" + largeNames() + ") = (SELECT " + values + ")";
    }

    private static String nulls() {
        return String.join(", ", LARGE.stream().map(type -> "NULL::" + type).toList());
    }

    private static String largeValues(String filler) {
        return String.join(", ", LARGE.stream().map(type -> large(type, filler)).toList());
    }

    /** A value larger than the 2 kB that fit into a row. */
    private static String large(String type, String filler) {
        if (type.endsWith("[]")) {
            return "array_fill((" + element(type.substring(0, type.length() - 2), filler) + "), ARRAY[700])";
        }
        String text = "repeat('" + filler + "', 2500)";
        return switch (type) {
            case "json", "jsonb", "document" -> "('{\"a\": \"' || " + text + " || '\"}')::" + type;
            case "bytea" -> "'\\x00ff'::bytea";
            case "xml" -> "('<a>' || " + text + " || '</a>')::xml";
            case "hstore" -> "hstore('a', " + text + ")";
            case "tsvector" ->
                "(SELECT to_tsvector('simple', string_agg('" + filler + "' || n, ' ')) FROM"
                        + " generate_series(1, 300) n)";
            default -> "(" + text + ")::" + type;
        };
    }

    private static String element(String type, String filler) {
        String value = switch (type) {
            case "int", "bigint" -> filler.equals("x") ? "1" : "2";
            case "uuid" -> "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11";
            case "jsonb" -> "{\"a\": \"" + filler + "\"}";
            default -> filler;
        };
        return "'" + value + "'::" + type;
    }
}
