// SPDX-License-Identifier: Apache-2.0
package dev.tributary.services.sales;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/** The columns that are needed from the flattened row of {@code products}. */
@JsonIgnoreProperties(ignoreUnknown = true)
record Product(String sku, String name) {}
