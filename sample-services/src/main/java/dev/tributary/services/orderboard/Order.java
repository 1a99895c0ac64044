// SPDX-License-Identifier: Apache-2.0
package dev.tributary.services.orderboard;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An order on the board.
 *
 * @param id its key
 * @param status such as placed or paid
 * @param customer the key of the customer
 * @param total the total in the currency of the shop, as text because binary fractions are not exact
 * @param placedAt when it was placed, in ISO 8601
 * @param more all other columns, so that a column that is added to the table causes no failure
 * @param lines its lines, in the order of their numbers
 */
record Order(
        long id,
        String status,
        long customer,
        String total,
        String placedAt,
        Map<String, @Nullable Object> more,
        List<Line> lines) {

    /**
     * Reads an order from a flattened row, without its lines.
     *
     * @throws IllegalArgumentException if a required column is missing
     */
    static Order of(JsonNode row) {
        Map<String, @Nullable Object> more = new LinkedHashMap<>();
        row.properties().forEach(column -> more.put(column.getKey(), plain(column.getValue())));
        return new Order(
                take(more, row, "id").longValue(),
                take(more, row, "status").asText(),
                take(more, row, "customer_id").longValue(),
                take(more, row, "total").asText(),
                take(more, row, "placed_at").asText(),
                more,
                List.of());
    }

    /** The order with its lines. */
    Order with(List<Line> all) {
        return new Order(id, status, customer, total, placedAt, more, List.copyOf(all));
    }

    private static JsonNode take(Map<String, ?> more, JsonNode row, String column) {
        JsonNode value = row.path(column);
        if (value.isMissingNode() || value.isNull()) {
            throw new IllegalArgumentException("a row of orders has no column " + column + ", only " + more.keySet());
        }
        more.remove(column);
        return value;
    }

    private static @Nullable Object plain(JsonNode value) {
        return value.isNull() ? null : value.isNumber() ? value.numberValue() : value.asText(value.toString());
    }
}
