// SPDX-License-Identifier: Apache-2.0
package dev.tributary.services.orderboard;

/** A change of the board. */
sealed interface Change {

    /** An order is new or has changed. */
    record Put(Order order) implements Change {}

    /** An order was removed. */
    record Removed(long id) implements Change {}
}
