// SPDX-License-Identifier: Apache-2.0
package dev.tributary.services.sales;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.math.BigDecimal;

/**
 * A quantity and its revenue; both are negative if a sale was cancelled.
 *
 * @param revenue the revenue in the currency of the shop; text in JSON, because binary fractions are not exact
 */
record Sale(
        long quantity,
        @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal revenue) {

    static final Sale NONE = new Sale(0, BigDecimal.ZERO);

    Sale plus(Sale other) {
        return new Sale(quantity + other.quantity, revenue.add(other.revenue));
    }

    Sale minus(Sale other) {
        return new Sale(quantity - other.quantity, revenue.subtract(other.revenue));
    }

    boolean isNothing() {
        return quantity == 0 && revenue.signum() == 0;
    }
}
