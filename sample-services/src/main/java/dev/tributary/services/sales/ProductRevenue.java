// SPDX-License-Identifier: Apache-2.0
package dev.tributary.services.sales;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.math.BigDecimal;

/**
 * The sales of a product in a minute.
 *
 * @param product the product's key
 * @param sku the SKU at the time of the last sale; empty if the product is not known
 * @param name the name at the time of the last sale; empty if the product is not known
 * @param minute the start of the minute, in ISO 8601
 * @param quantity the quantity sold
 * @param revenue the revenue in the currency of the shop; text in JSON, because binary fractions are not exact
 */
record ProductRevenue(
        long product,
        String sku,
        String name,
        String minute,
        long quantity,
        @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal revenue) {}
