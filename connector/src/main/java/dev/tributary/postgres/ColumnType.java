// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

/**
 * The type of a column.
 *
 * @param oid the OID of the type
 * @param modifier its modifier, such as a length; -1 if it has none
 */
public record ColumnType(int oid, int modifier) {}
