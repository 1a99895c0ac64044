// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;

/** What a transform does to a record. */
sealed interface Outcome {

    /** The record stays as it is. */
    record Untouched() implements Outcome {}

    record Dropped() implements Outcome {}

    record Failed() implements Outcome {}

    record Message(
            String topic,
            @Nullable Integer partition,
            @Nullable Schema keySchema,
            @Nullable Object key,
            @Nullable Object value,
            @Nullable Schema valueSchema,
            @Nullable Long timestamp,
            List<Header> headers)
            implements Outcome {}

    static Outcome of(Transformation<SourceRecord> transform, SourceRecord record) {
        SourceRecord sent;
        try {
            sent = transform.apply(record);
        } catch (ConfigException e) {
            throw e;
        } catch (RuntimeException e) {
            return new Failed();
        }
        if (sent == null) {
            return new Dropped();
        }
        if (sent.equals(record) && sent.topic().equals(record.topic())) {
            return new Untouched();
        }
        return new Message(
                sent.topic(),
                sent.kafkaPartition(),
                sent.keySchema(),
                sent.key(),
                sent.value(),
                sent.valueSchema(),
                sent.timestamp(),
                StreamSupport.stream(sent.headers().spliterator(), false).toList());
    }
}
