// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.event;

/**
 * The name of a table.
 *
 * @param schema the schema of the table; the database if its tables have no schemas, as in MySQL
 * @param name the name without the schema
 */
public record TableName(String schema, String name) {

    /** As in messages and options: {@code shop.customers}. */
    @Override
    public String toString() {
        return schema + "." + name;
    }
}
