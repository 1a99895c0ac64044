// SPDX-License-Identifier: Apache-2.0
package dev.tributary.config;

/** What happens to a source transaction that is too large for one Kafka transaction: {@code transaction.oversize}. */
public enum Oversize {
    /** It is committed in parts. */
    SPLIT,
    /** The task fails before it commits any of it. */
    FAIL
}
