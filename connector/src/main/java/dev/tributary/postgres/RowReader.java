// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;

/** Reads a value from the current row of a result. */
@FunctionalInterface
interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
}
