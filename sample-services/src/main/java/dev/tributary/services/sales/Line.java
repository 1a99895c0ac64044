// SPDX-License-Identifier: Apache-2.0
package dev.tributary.services.sales;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;

/**
 * A line of an order, from the flattened row of {@code order_lines}. Other columns of the row are ignored.
 *
 * @param product the key of the product
 * @param quantity the quantity
 * @param price the unit price
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Line(
        @JsonProperty(value = "product_id", required = true) long product,
        @JsonProperty(required = true) long quantity,

        @JsonProperty(value = "unit_price", required = true) @JsonFormat(shape = JsonFormat.Shape.STRING)
        BigDecimal price) {

    Sale sale() {
        return new Sale(quantity, price.multiply(BigDecimal.valueOf(quantity)));
    }
}
