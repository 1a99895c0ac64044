// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Types that share two tables. The columns of one are nullable. The other has replica identity FULL, and its columns
 * are NOT NULL with the first value as default.
 *
 * @param name the name of the first table; that of the second ends in {@code _strict}
 * @param types the types, one for each column
 */
record TypeFamily(String name, List<TypeCase> types) {

    static TypeFamily of(String name, TypeCase... types) {
        return new TypeFamily(name, List.of(types));
    }

    List<String> tables() {
        TypeFamily strict = strict();
        return List.of(
                table(i -> ""),
                strict.table(i -> " NOT NULL DEFAULT " + strict.type(i).value(0)),
                "ALTER TABLE " + strict.name + " REPLICA IDENTITY FULL");
    }

    private TypeFamily strict() {
        return new TypeFamily(
                name + "_strict", types.stream().filter(TypeCase::convertible).toList());
    }

    private String table(IntFunction<String> constraints) {
        return "CREATE TABLE " + name + " (id int PRIMARY KEY"
                + columns(i -> column(i) + " " + type(i).type() + constraints.apply(i)) + ")";
    }

    /** Each value at least once; nulls and defaults, updates of values and of the key, deletes. */
    List<String> changes() {
        List<String> sql = new ArrayList<>(ownChanges());
        sql.addAll(strict().ownChanges());
        return sql;
    }

    private List<String> ownChanges() {
        List<String> sql = new ArrayList<>();
        int rows = types.stream().mapToInt(type -> type.values().size()).max().orElse(1);
        for (int row = 0; row < rows; row++) {
            sql.add("INSERT INTO " + name + " VALUES (" + (row + 1) + values(row) + ")");
        }
        sql.add("INSERT INTO " + name + " (id) VALUES (0)");
        sql.add("UPDATE " + name + " SET id = id" + columns(i -> column(i) + " = " + type(i).value(1))
                + " WHERE id IN (0, 1)");
        sql.add("UPDATE " + name + " SET id = -1 WHERE id = 1");
        sql.add("DELETE FROM " + name + " WHERE id < 2");
        return sql;
    }

    private String values(int row) {
        return columns(i -> type(i).value(row));
    }

    /** Joins one text for each column, each after a comma. */
    private String columns(IntFunction<String> each) {
        return IntStream.range(0, types.size())
                .mapToObj(i -> ", " + each.apply(i))
                .collect(Collectors.joining());
    }

    private TypeCase type(int i) {
        return types.get(i);
    }

    private String column(int i) {
        return type(i).column(i);
    }
}
