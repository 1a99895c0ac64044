// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.check;

import org.postgresql.replication.LogSequenceNumber;

/** LSNs as Postgres writes them. */
final class Lsns {

    private Lsns() {}

    static String text(long lsn) {
        return LogSequenceNumber.valueOf(lsn).asString();
    }
}
