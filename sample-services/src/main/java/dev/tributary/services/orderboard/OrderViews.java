// SPDX-License-Identifier: Apache-2.0
package dev.tributary.services.orderboard;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Orders as JSON for the page.
 *
 * @param names the names of the customers
 */
record OrderViews(CustomerNames names) {

    Map<String, @Nullable Object> of(Order order) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("id", order.id());
        view.put("status", order.status());
        view.put("customer", names.of(order.customer()).orElse("customer " + order.customer()));
        view.put("total", order.total());
        view.put("placedAt", order.placedAt());
        view.put("lines", order.lines());
        view.put("more", order.more());
        return view;
    }
}
