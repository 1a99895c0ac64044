// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import dev.tributary.postgres.CatalogTable;
import dev.tributary.postgres.Identifier;
import java.util.ArrayList;
import java.util.List;

/** The statements that create or change a publication. */
final class PublicationSql {

    private final String name;

    PublicationSql(String name) {
        this.name = Identifier.quote(name);
    }

    String createForAllTables(boolean viaRoot) {
        return "CREATE PUBLICATION " + name + " FOR ALL TABLES" + options(viaRoot);
    }

    /** Creates the publication with these tables, ten per statement. */
    List<String> create(List<CatalogTable> tables, boolean viaRoot) {
        if (tables.isEmpty()) {
            return List.of("CREATE PUBLICATION " + name + options(viaRoot));
        }
        var portions = Names.portions(tables);
        var statements = new ArrayList<String>();
        statements.add("CREATE PUBLICATION " + name + " FOR TABLE " + Names.quoted(portions.get(0)) + options(viaRoot));
        portions.stream().skip(1).forEach(portion -> statements.add(alter("ADD TABLE " + Names.quoted(portion))));
        return statements;
    }

    List<String> add(List<CatalogTable> tables) {
        return Names.portions(tables).stream()
                .map(portion -> alter("ADD TABLE " + Names.quoted(portion)))
                .toList();
    }

    String set(String parameter, String value) {
        return alter("SET (" + parameter + " = " + value + ")");
    }

    String alter(String how) {
        return "ALTER PUBLICATION " + name + " " + how;
    }

    private static String options(boolean viaRoot) {
        return viaRoot ? " WITH (publish_via_partition_root = true)" : "";
    }
}
