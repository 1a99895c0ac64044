// SPDX-License-Identifier: Apache-2.0
package dev.tributary.services.sales;

/**
 * The key of what the service writes.
 *
 * @param product the product's key
 * @param minute when the minute begins, in ISO 8601
 */
record ProductMinute(long product, String minute) {}
