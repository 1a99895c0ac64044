// SPDX-License-Identifier: Apache-2.0
package dev.tributary;

import dev.tributary.handover.Group;
import dev.tributary.position.StoredOffset;
import dev.tributary.record.Records;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the list of captured tables out of the offsets that an exactly-once worker stores, one with each transaction:
 * with ten thousand tables the list has a hundred kilobytes. The list is stored once, under a source partition of its
 * own, and the offsets refer to it.
 *
 * <p>The list goes to its partition with a record that is not the last one of its batch, so that the connector's own
 * offset is stored in the same transaction. Offsets refer to it only once Connect has been seen to have stored it, and
 * until then contain it. A worker without exactly-once stores offsets once a minute, and stores partitions
 * independently of each other; its offsets contain the list.
 *
 * <p>See docs/adr/0015-state-of-many-tables.md.
 */
final class TableList {

    private static final Logger LOG = LoggerFactory.getLogger(TableList.class);

    /** Shorter lists stay in the offsets, where people can read them. */
    private static final int LONGEST_INLINE = 1_000;

    private static final String REFERENCE = "stored:";

    private final Map<String, String> own;
    private volatile @Nullable Thread polling;
    private volatile boolean exactlyOnce;

    /** What was sent and may be stored by now; null if nothing was sent since the last look. */
    private volatile @Nullable String sent;

    private volatile @Nullable Known stored;

    /**
     * A list that is stored.
     *
     * @param reference what offsets have instead of it
     */
    private record Known(String text, String reference) {}

    TableList(String topicPrefix) {
        this.own = partition(topicPrefix);
    }

    /** The source partition under which the list is stored. */
    static Map<String, String> partition(String topicPrefix) {
        Map<String, String> partition = new HashMap<>(StoredOffset.partition(topicPrefix));
        partition.put("list", "captured_tables");
        return Map.copyOf(partition);
    }

    /** Returns the stored offset of a connector, with the list that it refers to. */
    static Optional<StoredOffset> resolve(OffsetStorageReader reader, String topicPrefix) {
        return StoredOffset.of(reader.offset(StoredOffset.partition(topicPrefix)))
                .map(offset -> isReference(offset) ? resolved(offset, reader.offset(partition(topicPrefix))) : offset);
    }

    private static boolean isReference(StoredOffset offset) {
        return offset.values().get(StoredOffset.CAPTURED_TABLES) instanceof String text && text.startsWith(REFERENCE);
    }

    private static StoredOffset resolved(StoredOffset offset, @Nullable Map<String, Object> list) {
        Map<String, Object> values = new HashMap<>(offset.values());
        Object reference = values.remove(StoredOffset.CAPTURED_TABLES);
        if (list != null
                && list.get(StoredOffset.CAPTURED_TABLES) instanceof String text
                && reference(text).equals(reference)) {
            values.put(StoredOffset.CAPTURED_TABLES, text);
        } else {
            LOG.warn(
                    "The stored offset refers to a list of captured tables ({}) that is not stored, so it was changed by"
                            + " hand. All captured tables count as read; to have a table read that is new, send a signal"
                            + " execute-snapshot for it",
                    reference);
        }
        return new StoredOffset(values);
    }

    /** Returns the records to send instead of these; called by the thread that polls. */
    @Nullable
    List<SourceRecord> of(@Nullable List<SourceRecord> records) {
        polling = Thread.currentThread();
        if (!exactlyOnce || records == null || records.isEmpty()) {
            return records;
        }
        int end = records.size() - 1;
        SourceRecord last = records.get(end);
        if (!(last.sourceOffset() != null
                && last.sourceOffset().get(StoredOffset.CAPTURED_TABLES) instanceof String text
                && text.length() > LONGEST_INLINE)) {
            return records;
        }
        List<SourceRecord> changed = records instanceof Group ? records : new ArrayList<>(records);
        Known known = stored;
        if (known != null && text.equals(known.text())) {
            changed.set(end, with(last.sourcePartition(), last, known.reference()));
        } else if (end > 0 && last.sourcePartition().equals(records.get(0).sourcePartition())) {
            changed.set(0, with(own, records.get(0), text));
            // It replaces the one that is stored.
            stored = null;
            sent = text;
        }
        return changed;
    }

    private static SourceRecord with(Map<String, ?> partition, SourceRecord record, String list) {
        Map<String, Object> offset = new HashMap<>(record.sourceOffset());
        offset.put(StoredOffset.CAPTURED_TABLES, list);
        return Records.withOffset(partition, offset, record);
    }

    /** Connect has stored offsets. An exactly-once worker calls this on the thread that polls, any other does not. */
    void committed(OffsetStorageReader reader) {
        exactlyOnce = Thread.currentThread().equals(polling);
        String expected = sent;
        if (exactlyOnce && expected != null) {
            sent = null;
            Map<String, Object> list = reader.offset(own);
            if (list != null && expected.equals(list.get(StoredOffset.CAPTURED_TABLES))) {
                stored = new Known(expected, reference(expected));
            }
        }
    }

    private static String reference(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return REFERENCE + HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
