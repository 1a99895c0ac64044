// SPDX-License-Identifier: Apache-2.0
package dev.tributary.services.orderboard;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A line of an order.
 *
 * @param order the key of the order
 * @param number its number in the order
 * @param product the key of the product
 * @param quantity how many of it
 * @param price the unit price, as text because binary fractions are not exact
 */
record Line(long order, int number, long product, int quantity, String price) {

    /** The key of a line. */
    record Key(long order, int number) {

        /** @throws IllegalArgumentException if a column is missing */
        static Key of(JsonNode key) {
            return new Key(
                    column(key, "order_id").longValue(), column(key, "line_no").intValue());
        }
    }

    /**
     * Reads a line from a flattened row.
     *
     * @throws IllegalArgumentException if a required column is missing
     */
    static Line of(JsonNode row) {
        Key key = Key.of(row);
        return new Line(
                key.order,
                key.number,
                column(row, "product_id").longValue(),
                column(row, "quantity").intValue(),
                column(row, "unit_price").asText());
    }

    Key key() {
        return new Key(order, number);
    }

    private static JsonNode column(JsonNode row, String name) {
        JsonNode value = row.path(name);
        if (value.isMissingNode() || value.isNull()) {
            throw new IllegalArgumentException("a row of order_lines has no column " + name);
        }
        return value;
    }
}
