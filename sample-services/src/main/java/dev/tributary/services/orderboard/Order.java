// SPDX-License-Identifier: Apache-2.0
package dev.tributary.services.orderboard;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An order as the board shows it.
 *
 * @param id its key
 * @param status such as placed or paid
 * @param customer the key of who ordered
 * @param total in the currency of the shop, as text: a fraction in binary would not be exact
 * @param placedAt when, in ISO 8601
 * @param more all other columns, whatever they are: a column that is added to the table is no reason to fail
 */
record Order(long id, String status, long customer, String total, String placedAt, Map<String, @Nullable Object> more) {

    /**
     * The order that a flattened row tells.
     *
     * @throws IllegalArgumentException if a column is missing that the board cannot do without
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
                more);
    }

    private static JsonNode take(Map<String, ?> more, JsonNode row, String column) {
        JsonNode value = row.path(column);
        if (value.isMissingNode() || value.isNull()) {
            throw new IllegalArgumentException("a row of orders has no " + column + ", but " + more.keySet());
        }
        more.remove(column);
        return value;
    }

    private static @Nullable Object plain(JsonNode value) {
        return value.isNull() ? null : value.isNumber() ? value.numberValue() : value.asText(value.toString());
    }
}
