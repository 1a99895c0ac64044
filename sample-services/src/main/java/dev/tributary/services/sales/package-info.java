// SPDX-License-Identifier: Apache-2.0
/** What is sold of each product in each minute; on Kafka Streams. */
@org.jspecify.annotations.NullMarked
package dev.tributary.services.sales;
