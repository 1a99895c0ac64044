// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A database with tables of every type, key, name and replica identity, and changes of all of them. */
final class Everything {

    private static final List<TypeFamily> FAMILIES = Stream.of(
                    ScalarTypes.FAMILIES, TimeTypes.FAMILIES, CompoundTypes.FAMILIES)
            .flatMap(List::stream)
            .toList();

    private Everything() {}

    /** A database with all types, no table, and a publication for all tables. */
    static String[] emptyDatabase() {
        List<String> sql = new ArrayList<>(CompoundTypes.PREPARATIONS);
        sql.add("CREATE PUBLICATION everything FOR ALL TABLES");
        return sql.toArray(String[]::new);
    }

    static List<TypeFamily> families() {
        return FAMILIES;
    }

    static String[] preparations() {
        List<String> sql = new ArrayList<>(CompoundTypes.PREPARATIONS);
        FAMILIES.forEach(family -> sql.addAll(family.tables()));
        sql.addAll(IdentityTables.tables());
        sql.addAll(OddTables.tables());
        sql.addAll(OddTables.publications());
        return sql.toArray(String[]::new);
    }

    static List<Statement> changes() {
        List<String> sql = new ArrayList<>();
        FAMILIES.forEach(family -> sql.addAll(family.changes()));
        sql.addAll(IdentityTables.changes());
        sql.addAll(OddTables.changes());
        return Statement.on(0, sql.toArray(String[]::new));
    }
}
