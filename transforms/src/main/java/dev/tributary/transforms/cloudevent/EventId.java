// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.cloudevent;

import dev.tributary.transforms.event.Canonical;
import dev.tributary.transforms.event.ChangeEvent;
import dev.tributary.transforms.event.FieldPath;
import dev.tributary.transforms.event.Schemas;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * The identity of an event. It is the same each time a connector sends the event, as long as it captures the same
 * tables: numbers count the changes of a transaction that it captures, or that its publication has.
 *
 * <p>The LSN of a change is not enough: one WAL record can hold many rows, as with {@code COPY}, and a change of a key
 * is a delete and a create with the same LSN. So the identity also has the operation and one of these, to distinguish
 * changes with the same LSN:
 *
 * <ol>
 *   <li>the event's number in its transaction, if the connector sends it ({@code provide.transaction.metadata});
 *   <li>otherwise the number of the change in its transaction, which this project's connector keeps in the offset;
 *   <li>otherwise a digest of topic and key, or of topic and row if there is no key. Equal rows without a key have the
 *       same identity if they come from one statement or one snapshot.
 * </ol>
 *
 * <p>The rows of a snapshot have one LSN, the snapshot's, and no number, so they always get the digest. An event of a
 * database without LSNs is identified by the digest of its offset or, if it comes from Kafka, by topic, partition and
 * offset.
 */
public final class EventId {

    /** The key in a record's offset that says how many changes of the transaction have been sent. */
    private static final String ORDINAL = "tx_ordinal";

    private static final FieldPath LSN = FieldPath.parse("source.lsn");
    private static final FieldPath TOTAL_ORDER = FieldPath.parse("transaction.total_order");
    private static final int DIGEST_BYTES = 16;

    private final MessageDigest digest;

    public EventId() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM must support SHA-256", e);
        }
    }

    /** The identity of the event in a record. */
    public String of(ConnectRecord<?> record, ChangeEvent event) {
        String op = event.operation().code();
        if (!(LSN.in(event.value()) instanceof Number lsn)) {
            return withoutLsn(record, op);
        }
        StringBuilder id = new StringBuilder(48);
        id.append(hex(lsn.longValue() >>> 32))
                .append('/')
                .append(hex(lsn.longValue() & 0xFFFF_FFFFL))
                .append('-')
                .append(op)
                .append('-');
        Object number = number(record, event);
        return id.append(number == null ? keyDigest(record, event) : number).toString();
    }

    private static String hex(long half) {
        return Long.toHexString(half).toUpperCase(Locale.ROOT);
    }

    private static @Nullable Object number(ConnectRecord<?> record, ChangeEvent event) {
        return switch (event.operation()) {
            case READ -> null;
            case CREATE, UPDATE, DELETE, TRUNCATE, MESSAGE -> {
                Object order = TOTAL_ORDER.in(event.value());
                yield order == null && record instanceof SourceRecord source && source.sourceOffset() != null
                        ? source.sourceOffset().get(ORDINAL)
                        : order;
            }
        };
    }

    private String withoutLsn(ConnectRecord<?> record, String op) {
        if (record instanceof SinkRecord sink) {
            return sink.originalTopic() + '-' + sink.originalKafkaPartition() + '-' + sink.originalKafkaOffset();
        }
        add(record.topic());
        add(op);
        if (record instanceof SourceRecord source && source.sourceOffset() != null) {
            add(new TreeMap<>(source.sourceOffset()));
        }
        add(record.key());
        return hexDigest();
    }

    private String keyDigest(ConnectRecord<?> record, ChangeEvent event) {
        add(record.topic());
        add(record.key() == null ? event.row() : record.key());
        return hexDigest();
    }

    private String hexDigest() {
        return HexFormat.of().formatHex(digest.digest(), 0, DIGEST_BYTES);
    }

    /**
     * Adds a value with its kind and length, so that no two different values produce the same bytes. Field names are
     * added because maps have no order.
     */
    private void add(@Nullable Object value) {
        if (value instanceof Struct struct) {
            begin('s', struct.schema().fields().size());
            for (Field field : struct.schema().fields()) {
                add(field.name());
                add(Schemas.withoutDefault(struct, field));
            }
        } else if (value instanceof Map<?, ?> map) {
            begin('s', map.size());
            map.forEach((name, part) -> {
                add(name);
                add(part);
            });
        } else if (value instanceof List<?> list) {
            begin('l', list.size());
            list.forEach(this::add);
        } else if (value instanceof byte[] bytes) {
            text('b', bytes);
        } else if (value instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            text('b', bytes);
        } else {
            text(value == null ? 'n' : 't', value == null ? new byte[0] : Canonical.bytes(value, null));
        }
    }

    private void text(char kind, byte[] bytes) {
        begin(kind, bytes.length);
        digest.update(bytes);
    }

    private void begin(char kind, int length) {
        digest.update((byte) kind);
        for (int shift = 24; shift >= 0; shift -= 8) {
            digest.update((byte) (length >>> shift));
        }
    }
}
