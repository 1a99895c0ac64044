// SPDX-License-Identifier: Apache-2.0
package dev.tributary.services.sales;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The key of the records that the service writes.
 *
 * @param product the product's key
 * @param minute the start of the minute, in ISO 8601
 */
record ProductMinute(long product, String minute) {

    /** The minute of a time in milliseconds since 1970. */
    static ProductMinute of(long product, long millis) {
        return new ProductMinute(
                product,
                Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.MINUTES).toString());
    }
}
