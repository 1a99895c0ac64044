// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.mask;

/**
 * A table.
 *
 * @param schema the schema it lies in; for connectors of databases that have none, the database
 */
public record Table(String schema, String name) {

    @Override
    public String toString() {
        return schema + "." + name;
    }
}
