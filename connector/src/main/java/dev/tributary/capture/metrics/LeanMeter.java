// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.metrics;

import dev.tributary.metrics.EventCounters;
import dev.tributary.metrics.EventCounters.Kind;
import io.debezium.data.Envelope.Operation;
import io.debezium.pipeline.source.spi.EventMetadataProvider;
import io.debezium.pipeline.spi.OffsetContext;
import io.debezium.spi.schema.DataCollectionId;
import io.debezium.util.Clock;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** Common to streaming and snapshot metrics: counters on the path of events, and texts only for a reader. */
final class LeanMeter {

    private final Clock clock;
    private final EventMetadataProvider metadata;
    private final EventCounters counters = new EventCounters();
    private volatile @Nullable LatestEvent latest;

    LeanMeter(Clock clock, EventMetadataProvider metadata) {
        this.clock = clock;
        this.metadata = metadata;
    }

    EventCounters counters() {
        return counters;
    }

    /** The last event; null before the first. */
    @Nullable
    LatestEvent latest() {
        return latest;
    }

    LatestEvent seen(
            DataCollectionId table,
            OffsetContext offset,
            @Nullable Object key,
            Struct envelope,
            @Nullable Operation operation) {
        long now = now();
        counters.seen(kindOf(operation), now);
        LatestEvent event = LatestEvent.of(metadata, table, offset, key, envelope, now);
        latest = event;
        return event;
    }

    void filtered(@Nullable Operation operation) {
        counters.filtered(kindOf(operation), now());
    }

    void erroneous(@Nullable Operation operation) {
        counters.erroneous(kindOf(operation), now());
    }

    @Nullable
    String lastEvent() {
        LatestEvent event = latest;
        return event == null ? null : event.summary();
    }

    long millisSinceLast() {
        return counters.millisSinceLast(now());
    }

    void reset() {
        counters.reset();
        latest = null;
    }

    long now() {
        return clock.currentTimeInMillis();
    }

    private static Kind kindOf(@Nullable Operation operation) {
        if (operation == null) {
            return Kind.OTHER;
        }
        return switch (operation) {
            case CREATE -> Kind.CREATE;
            case UPDATE -> Kind.UPDATE;
            case DELETE -> Kind.DELETE;
            case READ -> Kind.READ;
            case MESSAGE -> Kind.MESSAGE;
            case TRUNCATE -> Kind.OTHER;
        };
    }
}
