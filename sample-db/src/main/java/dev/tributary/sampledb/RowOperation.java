// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sampledb;

/** What can happen to a row. */
public enum RowOperation {
    INSERT,
    UPDATE,
    DELETE
}
