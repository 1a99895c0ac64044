// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import io.debezium.connector.postgresql.PostgresOffsetContext;
import io.debezium.connector.postgresql.PostgresPartition;
import io.debezium.data.Envelope.Operation;
import java.util.Set;

/**
 * What all changes of one stream have in common.
 *
 * @param partition the source partition
 * @param offset Debezium's offset and source block, brought up to date before each change
 * @param progress the position of the stream
 * @param counts Debezium's counts of the open transaction
 * @param stamp completes the records that Debezium's dispatcher makes
 * @param tombstones whether a tombstone follows each delete: {@code tombstones.on.delete}
 * @param skipped the operations whose events are left out: {@code skipped.operations}
 * @param skipsUnchanged whether updates that change nothing are left out: {@code skip.messages.without.change}
 */
record StreamContext(
        PostgresPartition partition,
        PostgresOffsetContext offset,
        StreamProgress progress,
        TransactionCounts counts,
        StreamStamp stamp,
        boolean tombstones,
        Set<Operation> skipped,
        boolean skipsUnchanged) {

    /** Whether the event is followed by a tombstone. */
    boolean hasTombstone(Operation operation) {
        return tombstones && operation == Operation.DELETE;
    }
}
