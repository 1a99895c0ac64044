// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import dev.tributary.postgres.CatalogTable;
import dev.tributary.postgres.Identifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The statements that create or change a publication. */
final class PublicationSql {

    private final String name;

    PublicationSql(String name) {
        this.name = Identifier.quote(name);
    }

    String createForAllTables(Options options) {
        return "CREATE PUBLICATION " + name + " FOR ALL TABLES" + options.text();
    }

    /** Creates the publication with these tables, ten per statement. */
    List<String> create(List<CatalogTable> tables, Options options) {
        if (tables.isEmpty()) {
            return List.of("CREATE PUBLICATION " + name + options.text());
        }
        var portions = Names.portions(tables);
        var statements = new ArrayList<String>();
        statements.add("CREATE PUBLICATION " + name + " FOR TABLE " + Names.quoted(portions.get(0)) + options.text());
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

    /**
     * The options of a publication that is created.
     *
     * @param viaRoot {@code publish_via_partition_root}
     * @param stored {@code publish_generated_columns = stored}, from Postgres 18
     * @param skipped the letters of the operations that the connector does not send. The server sends only the others,
     *     unless truncates alone are skipped
     */
    record Options(boolean viaRoot, boolean stored, Set<String> skipped) {

        private static final Map<String, String> OPERATIONS =
                new TreeMap<>(Map.of("c", "insert", "d", "delete", "t", "truncate", "u", "update"));

        private String text() {
            var set = new ArrayList<String>();
            if (viaRoot) {
                set.add("publish_via_partition_root = true");
            }
            if (stored) {
                set.add("publish_generated_columns = stored");
            }
            if (skipped.stream().anyMatch(letter -> OPERATIONS.containsKey(letter) && !letter.equals("t"))) {
                set.add("publish = '"
                        + OPERATIONS.entrySet().stream()
                                .filter(operation -> !skipped.contains(operation.getKey()))
                                .map(Map.Entry::getValue)
                                .collect(Collectors.joining(", "))
                        + "'");
            }
            return set.isEmpty() ? "" : " WITH (" + String.join(", ", set) + ")";
        }
    }
}
