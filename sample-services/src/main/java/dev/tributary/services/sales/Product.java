// SPDX-License-Identifier: Apache-2.0
package dev.tributary.services.sales;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/** What the flattened row of {@code products} is needed for. */
@JsonIgnoreProperties(ignoreUnknown = true)
record Product(String sku, String name) {}
