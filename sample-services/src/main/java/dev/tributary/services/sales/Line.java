// SPDX-License-Identifier: Apache-2.0
package dev.tributary.services.sales;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;

/**
 * A line of an order, as the flattened row of {@code order_lines} has it; columns that are not needed here may come and go.
 *
 * @param product the key of what is sold
 * @param quantity how many
 * @param price of one
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
