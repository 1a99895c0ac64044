// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import dev.tributary.postgres.CatalogTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Formats lists of names so that they stay short enough to read. */
final class Names {

    private static final int SHOWN = 10;

    private Names() {}

    /** The first ten, and how many more there are. */
    static String shortened(Collection<?> names) {
        var shown = names.stream().limit(SHOWN).map(Object::toString).collect(Collectors.joining(", "));
        return names.size() > SHOWN ? shown + " and " + (names.size() - SHOWN) + " more" : shown;
    }

    /** The names of the first ten tables, and how many more there are. */
    static String of(Collection<CatalogTable> tables) {
        return shortened(tables.stream().map(CatalogTable::name).toList());
    }

    /** The tables in portions of at most ten, to keep the statement for each portion short. */
    static List<List<CatalogTable>> portions(List<CatalogTable> tables) {
        var portions = new ArrayList<List<CatalogTable>>();
        for (int from = 0; from < tables.size(); from += SHOWN) {
            portions.add(tables.subList(from, Math.min(from + SHOWN, tables.size())));
        }
        return portions;
    }

    /** The names of the tables as SQL, separated by commas. */
    static String quoted(Collection<CatalogTable> tables) {
        return tables.stream().map(table -> table.name().quoted()).collect(Collectors.joining(", "));
    }

    /** The value of an option as a configuration writes it. */
    static String option(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
