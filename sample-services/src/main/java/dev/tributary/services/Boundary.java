// SPDX-License-Identifier: Apache-2.0
package dev.tributary.services;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;

/**
 * A record of the transaction topic: the begin or the end of a transaction of the database.
 *
 * @param id the transaction
 * @param isEnd whether it is the end
 * @param events at the end, the number of events of each data collection, such as {@code shop.orders}
 */
record Boundary(String id, boolean isEnd, Map<String, Long> events) {

    /** @throws IllegalArgumentException if the value is neither a BEGIN nor an END */
    static Boundary of(JsonNode value) {
        String id = value.path("id").asText();
        String status = value.path("status").asText();
        if (id.isEmpty() || !(status.equals("BEGIN") || status.equals("END"))) {
            throw new IllegalArgumentException("neither BEGIN nor END of a transaction");
        }
        Map<String, Long> events = new HashMap<>();
        value.path("data_collections")
                .forEach(each -> events.put(
                        each.path("data_collection").asText(),
                        each.path("event_count").asLong()));
        return new Boundary(id, status.equals("END"), events);
    }
}
