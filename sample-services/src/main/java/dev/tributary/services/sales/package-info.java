// SPDX-License-Identifier: Apache-2.0
/** The sales of each product in each minute. Uses Kafka Streams. */
@org.jspecify.annotations.NullMarked
package dev.tributary.services.sales;
