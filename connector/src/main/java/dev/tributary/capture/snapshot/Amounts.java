// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

import dev.tributary.row.TextNotation;
import io.debezium.connector.postgresql.TypeRegistry;
import io.debezium.relational.Column;
import org.postgresql.core.Oid;

/**
 * SQL for the columns of a SELECT of the user's. It runs in the locale of the database, so an amount of {@code money}
 * is converted to what the codecs expect: a number with the decimal point where the locale {@code C} has it.
 */
final class Amounts {

    private static final String NUMBER = "pg_catalog.trim_scale(%s::pg_catalog.numeric * 10::pg_catalog.numeric"
            + " ^ (pg_catalog.scale(0::pg_catalog.money::pg_catalog.numeric) - " + TextNotation.MONEY_DIGITS
            + ")::pg_catalog.numeric)";

    private Amounts() {}

    /** @param quoted the column in the SELECT */
    static String sql(String quoted, Column column, TypeRegistry types) {
        boolean isMoney = types.get(column.nativeType()).getRootType().getOid() == Oid.MONEY;
        return isMoney ? NUMBER.formatted(quoted) : quoted;
    }
}
