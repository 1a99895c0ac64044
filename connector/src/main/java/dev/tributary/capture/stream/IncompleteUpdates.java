// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import dev.tributary.row.RowImage;
import io.debezium.relational.TableId;

/** Receives each update that leaves out a column because its value is large and did not change. */
@FunctionalInterface
public interface IncompleteUpdates {
    void updated(TableId table, RowImage row);
}
