// SPDX-License-Identifier: Apache-2.0
package dev.tributary;

import dev.tributary.config.CapturePath;
import dev.tributary.config.ConnectorConfig;
import dev.tributary.position.StoredOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * The position up to which Connect has taken over all records from this task. It polls again only once it has passed on
 * every record of the poll before, and if one of them fails to reach Kafka, it ends the task.
 *
 * <p>So another attempt of the same task resumes here, even if Connect stores the offset much later: from the stored
 * offset, it would send the records since then again, with {@code transaction.boundary=interval} in the same
 * transaction.
 *
 * <p>For the thread that polls.
 */
final class TakenOver {

    private final Map<String, String> partition;
    private final boolean resumable;
    private @Nullable Map<String, ?> last;

    TakenOver(ConnectorConfig config) {
        this.partition = StoredOffset.partition(config.topicPrefix());
        // The driver under Debezium's source acknowledges the position that it starts from.
        this.resumable = config.capturePath() == CapturePath.TRIBUTARY
                && !"custom".equalsIgnoreCase(config.properties().get("snapshot.mode"));
    }

    /** Connect gets records; it will have taken them over when it polls the next time. */
    void polled(@Nullable List<SourceRecord> records) {
        if (records == null || !resumable) {
            return;
        }
        for (int i = records.size() - 1; i >= 0; i--) {
            SourceRecord record = records.get(i);
            if (partition.equals(record.sourcePartition())
                    && record.sourceOffset() != null
                    && !record.sourceOffset().isEmpty()) {
                last = record.sourceOffset();
                return;
            }
        }
    }

    /** The offset to resume from, in the form in which Connect would store it; empty before the first record. */
    Optional<StoredOffset> offset() {
        Map<String, ?> known = last;
        if (known == null) {
            return Optional.empty();
        }
        Map<String, Object> values = new HashMap<>();
        known.forEach((key, value) -> {
            if (value != null) {
                values.put(key, value instanceof Integer number ? Long.valueOf(number) : value);
            }
        });
        return Optional.of(new StoredOffset(values));
    }
}
