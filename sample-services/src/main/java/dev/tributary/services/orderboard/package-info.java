// SPDX-License-Identifier: Apache-2.0
/** The current state of each order, as JSON and on a live page. Uses a plain consumer. */
@org.jspecify.annotations.NullMarked
package dev.tributary.services.orderboard;
