// SPDX-License-Identifier: Apache-2.0
package dev.tributary.services.sales;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.math.BigDecimal;

/**
 * What was sold of a product in a minute.
 *
 * @param product the product's key
 * @param sku and
 * @param name as they were when something was sold last; empty if the product is not known
 * @param minute when the minute begins, in ISO 8601
 * @param quantity how many
 * @param revenue in the currency of the shop; as text in JSON, for a fraction in binary would not be exact
 */
record ProductRevenue(
        long product,
        String sku,
        String name,
        String minute,
        long quantity,
        @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal revenue) {}
