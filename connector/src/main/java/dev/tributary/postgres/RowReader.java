// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;

/** Turns the row that a result stands on into a value. */
@FunctionalInterface
interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
}
