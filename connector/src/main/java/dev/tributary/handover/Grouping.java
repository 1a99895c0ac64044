// SPDX-License-Identifier: Apache-2.0
package dev.tributary.handover;

import java.time.Duration;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * How records leave if the connector defines the boundaries of Kafka's transactions: in groups of whole
 * {@linkplain RecordLane.Unit units}, one transaction each.
 *
 * @param longest how long units are collected at most while more arrives: {@code transaction.group.max.ms}
 * @param bytes how many bytes a group of several units has at most: {@code transaction.group.max.bytes}
 * @param unitBytes how many bytes one unit may have, roughly; one change may be larger: {@code transaction.max.bytes}
 * @param sending how long Connect may take for one group before its transaction is about to expire
 * @param oversize what happens to a unit that does not fit
 */
public record Grouping(Duration longest, long bytes, long unitBytes, Duration sending, Oversize oversize) {

    /** Decides about source transactions that are too large for one Kafka transaction. Called by any thread. */
    public interface Oversize {

        /**
         * A transaction has more bytes than a unit may have.
         *
         * @param next its next record; those before it become a part of their own
         * @param bytes the size of the records before it, since the part before
         * @param part the number of the part that they are, from 1
         * @return null to continue in parts, otherwise the failure to end with
         */
        @Nullable
        RuntimeException tooLarge(SourceRecord next, long bytes, int part);

        /**
         * Connect needs too long to send a transaction that has been handed over. Not called again for the same one.
         *
         * @param last the record after which the part would end
         * @param time how long Connect has been sending it
         * @return null to continue in parts, otherwise the failure to end with
         */
        @Nullable
        RuntimeException tooSlow(SourceRecord last, Duration time);
    }
}
