// SPDX-License-Identifier: Apache-2.0
package dev.tributary.config;

/** Whose sources read the database. */
public enum CapturePath {
    /** Ours, where there is one. */
    TRIBUTARY,
    /** Debezium's: the way back, and what ours are compared with. */
    DEBEZIUM
}
