// SPDX-License-Identifier: Apache-2.0
package dev.tributary.services.orderboard;

/** What happened to an order on the board. */
sealed interface Change {

    /** It is new, or another than before. */
    record Put(Order order) implements Change {}

    /** It is not there any more. */
    record Removed(long id) implements Change {}
}
