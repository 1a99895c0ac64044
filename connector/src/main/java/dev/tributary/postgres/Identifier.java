// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Quotes names and texts for SQL. Names are quoted exactly when Postgres's {@code quote_ident} quotes them, so that
 * common names stay readable.
 */
public final class Identifier {

    private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");

    /** Every keyword that {@code pg_get_keywords()} of Postgres 18 does not list as unreserved. */
    private static final Set<String> KEYWORDS = Set.of("""
            all analyse analyze and any array as asc asymmetric authorization between bigint binary bit boolean both
            case cast char character check coalesce collate collation column concurrently constraint create cross
            current_catalog current_date current_role current_schema current_time current_timestamp current_user dec
            decimal default deferrable desc distinct do else end except exists extract false fetch float for foreign
            freeze from full grant greatest group grouping having ilike in initially inner inout int integer intersect
            interval into is isnull join json json_array json_arrayagg json_exists json_object json_objectagg
            json_query json_scalar json_serialize json_table json_value lateral leading least left like limit
            localtime localtimestamp merge_action national natural nchar none normalize not notnull null nullif
            numeric offset on only or order out outer overlaps overlay placing position precision primary real
            references returning right row select session_user setof similar smallint some substring symmetric
            system_user table tablesample then time timestamp to trailing treat trim true union unique user using
            values varchar variadic verbose when where window with xmlattributes xmlconcat xmlelement xmlexists
            xmlforest xmlnamespaces xmlparse xmlpi xmlroot xmlserialize xmltable\
            """.split("\\s+"));

    private Identifier() {}

    /** The name as an SQL identifier. */
    public static String quote(String name) {
        return PLAIN.matcher(name).matches() && !KEYWORDS.contains(name)
                ? name
                : '"' + name.replace("\"", "\"\"") + '"';
    }

    /** The names as SQL identifiers, separated by a comma and a space. */
    public static String quoteAll(List<String> names) {
        return names.stream().map(Identifier::quote).collect(Collectors.joining(", "));
    }

    /** The text as an SQL string literal that is valid with either value of {@code standard_conforming_strings}. */
    public static String literal(String text) {
        var quoted = "'" + text.replace("'", "''") + "'";
        return text.contains("\\") ? "E" + quoted.replace("\\", "\\\\") : quoted;
    }
}
