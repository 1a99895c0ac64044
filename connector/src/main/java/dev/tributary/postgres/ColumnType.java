// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

/**
 * The type of a column.
 *
 * @param oid the OID of the type
 * @param modifier its modifier, such as a length; -1 if it has none
 * @param unvalidated whether rows can have nulls although the column is {@code NOT NULL}: nobody has validated the
 *     constraint, which is possible since Postgres 18
 */
public record ColumnType(int oid, int modifier, boolean unvalidated) {}
