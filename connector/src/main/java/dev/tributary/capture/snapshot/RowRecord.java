// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

import org.apache.kafka.connect.source.SourceRecord;

/**
 * A row of a snapshot that has been read.
 *
 * @param record its record
 * @param mark the facts that are set when the record is sent
 * @param bytes how much memory it occupies, roughly
 */
public record RowRecord(SourceRecord record, RowMark mark, long bytes) {}
