// SPDX-License-Identifier: Apache-2.0
package dev.tributary.handover;

import org.apache.kafka.connect.header.Headers;
import org.apache.kafka.connect.source.SourceRecord;

/** Marks the records of a source transaction that are not in its first Kafka transaction. */
public final class TransactionPart {

    /** The header of these records: the number of the part as an integer, 2 or higher. */
    public static final String HEADER = "tributary.transaction.part";

    private TransactionPart() {}

    /** An event and its tombstone share their headers. */
    static void mark(SourceRecord record, int part) {
        Headers headers = record.headers();
        headers.remove(HEADER);
        headers.addInt(HEADER, part);
    }
}
