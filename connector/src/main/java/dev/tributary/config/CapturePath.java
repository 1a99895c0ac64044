// SPDX-License-Identifier: Apache-2.0
package dev.tributary.config;

/** Which sources read the database: the option {@code capture.path}. */
public enum CapturePath {
    /** Ours where one exists. */
    TRIBUTARY,
    /** Debezium's: the fallback, and the reference that tests compare ours with. */
    DEBEZIUM
}
