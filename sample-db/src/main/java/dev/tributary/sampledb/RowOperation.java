// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sampledb;

/** The operations on a row. */
public enum RowOperation {
    INSERT,
    UPDATE,
    DELETE
}
