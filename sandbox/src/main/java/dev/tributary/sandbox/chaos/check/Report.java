// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.check;

/**
 * A loss that the connector reported.
 *
 * @param kind what it says has become of the changes
 * @param from the LSN after which they are
 * @param to the last one
 * @param text the message
 */
public record Report(LossKind kind, long from, long to, String text) {

    /** LSNs can be those of a commit, of a record of it, or of the end of the record before. */
    static final long SLACK = 8_192;

    /** Whether it is about the changes at this LSN. */
    boolean covers(long lsn) {
        return from - SLACK <= lsn && lsn - SLACK <= to;
    }
}
