// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A table of random columns, and random changes of it. What a table looks like changes as its statements are made; its
 * key stays, because Debezium gives older changes the key of today, and only texts get another type, because Debezium
 * reads older values of other types with the type of today.
 */
final class RandomTable {

    /** A text that is stored out of line, so that the server does not send it again while it is not changed. */
    private static final TypeCase LARGE =
            TypeCase.computed("text", "repeat('large', 600)", "'small'", "repeat('other', 800)");

    /**
     * For each row with such an enum, Debezium reads the table from the catalog, where it can have other columns by
     * then; see {@link EnumsOracleIT}.
     */
    private static final String READ_AGAIN = "other.mood";

    private final String name;
    private final Random random;
    private final String key;
    private final List<Column> columns = new ArrayList<>();
    private int columnsEver;

    private record Column(String name, TypeCase type) {}

    RandomTable(String name, Random random) {
        this.name = name;
        this.random = random;
        this.key = key(random);
    }

    String name() {
        return name;
    }

    List<String> create() {
        columns.clear();
        List<String> sql = new ArrayList<>();
        StringBuilder table =
                new StringBuilder("CREATE TABLE " + name + " (id int NOT NULL, part text NOT NULL DEFAULT 'p'");
        for (int i = random.nextInt(6); i >= 0; i--) {
            table.append(", ").append(added());
        }
        sql.add(table + key + ")");
        columns.stream()
                .filter(column -> column.type().equals(LARGE))
                .forEach(
                        column -> sql.add("ALTER TABLE " + name + " ALTER " + column.name() + " SET STORAGE EXTERNAL"));
        if (key.isEmpty() || random.nextInt(4) == 0) {
            sql.add("ALTER TABLE " + name + " REPLICA IDENTITY FULL");
        }
        return sql;
    }

    private static String key(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> "";
            case 1 -> ", PRIMARY KEY (part, id)";
            default -> ", PRIMARY KEY (id)";
        };
    }

    /** A new column; its name has not been there before. */
    private String added() {
        List<TypeFamily> families = Everything.families();
        List<TypeCase> types = families.get(random.nextInt(families.size())).types().stream()
                .filter(TypeCase::convertible)
                .filter(type -> !type.type().startsWith(READ_AGAIN))
                .toList();
        TypeCase type = types.isEmpty() || random.nextInt(5) == 0 ? LARGE : types.get(random.nextInt(types.size()));
        Column column = new Column("c" + columnsEver++, type);
        columns.add(column);
        return column.name() + " " + type.type() + (random.nextInt(4) == 0 ? " DEFAULT " + type.value(0) : "");
    }

    /** A change of the table itself, such that every row stays valid. */
    String alter() {
        String alter = "ALTER TABLE " + name + " ";
        int choice = random.nextInt(5);
        if (columns.isEmpty() || choice == 0) {
            return alter + "ADD " + added();
        }
        int which = random.nextInt(columns.size());
        Column column = columns.get(which);
        switch (choice) {
            case 1 -> {
                columns.remove(which);
                return alter + "DROP " + column.name();
            }
            case 2 -> {
                Column renamed = new Column("c" + columnsEver++, column.type());
                columns.set(which, renamed);
                return alter + "RENAME " + column.name() + " TO " + renamed.name();
            }
            case 3 -> {
                if (!column.type().equals(LARGE)) {
                    return alter + "REPLICA IDENTITY FULL";
                }
                columns.set(which, new Column(column.name(), TypeCase.typed("varchar", "", "now a varchar")));
                return alter + "ALTER " + column.name() + " DROP DEFAULT, ALTER " + column.name() + " TYPE varchar";
            }
            default -> {
                return alter + "REPLICA IDENTITY FULL";
            }
        }
    }

    String insert(String firstId, int rows, int step) {
        StringBuilder names = new StringBuilder("id");
        StringBuilder values = new StringBuilder("(" + firstId + ") + " + step + " * i");
        for (Column column : someColumns()) {
            names.append(", ").append(column.name());
            values.append(", ").append(value(column));
        }
        return "INSERT INTO " + name + " (" + names + ") SELECT " + values + " FROM generate_series(0, " + (rows - 1)
                + ") i";
    }

    String update(String where) {
        StringBuilder set = new StringBuilder("id = id");
        for (Column column : someColumns()) {
            set.append(", ").append(column.name()).append(" = ").append(value(column));
        }
        return "UPDATE " + name + " SET " + set + " WHERE " + where;
    }

    String move(String newId, String where) {
        return "UPDATE " + name + " SET id = " + newId + ", part = 'q' WHERE " + where;
    }

    String delete(String where) {
        return "DELETE FROM " + name + " WHERE " + where;
    }

    private List<Column> someColumns() {
        return columns.stream().filter(column -> random.nextBoolean()).toList();
    }

    private String value(Column column) {
        return random.nextInt(6) == 0
                ? "NULL"
                : column.type().value(random.nextInt(column.type().values().size()));
    }
}
