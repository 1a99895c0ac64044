// SPDX-License-Identifier: Apache-2.0
/** The current state of each order, as JSON and as a page that follows it; on a plain consumer. */
@org.jspecify.annotations.NullMarked
package dev.tributary.services.orderboard;
