// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import dev.tributary.position.Position;

/**
 * The transaction that was sent in part before the restart has other changes now, because the stream has another
 * publication or other options. So the changes to skip cannot be counted.
 */
final class OtherTransactionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    OtherTransactionException(Position resumed) {
        super("The transaction that commits at " + resumed.open() + " no longer has the change " + resumed.change()
                + " at place " + resumed.ordinal());
    }
}
