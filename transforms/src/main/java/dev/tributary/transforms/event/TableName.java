// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.event;

/**
 * A table.
 *
 * @param schema that it is in
 * @param name without the schema
 */
public record TableName(String schema, String name) {

    /** As messages and options have it: {@code shop.customers}. */
    @Override
    public String toString() {
        return schema + "." + name;
    }
}
