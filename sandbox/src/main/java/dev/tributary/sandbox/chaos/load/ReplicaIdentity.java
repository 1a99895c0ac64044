// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.load;

/** What Postgres logs of the old row: {@code ALTER TABLE … REPLICA IDENTITY}. */
public enum ReplicaIdentity {
    /** The primary key. */
    DEFAULT,
    /** All columns. */
    FULL,
    /** The columns of a unique index other than the primary key; here over the same columns. */
    USING_INDEX
}
