// SPDX-License-Identifier: Apache-2.0
package dev.tributary.handover;

import io.debezium.connector.base.DefaultQueueProvider;
import io.debezium.pipeline.DataChangeEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/** A queue whose records leave in groups, and never too slowly. */
final class GroupedQueue {

    private static final Duration NEVER = Duration.ofMinutes(10);

    private GroupedQueue() {}

    static ArrivalQueue open(
            Bounds bounds, Duration longest, long groupBytes, long unitBytes, Grouping.Oversize oversize) {
        return open(bounds, longest, groupBytes, unitBytes, oversize, System::nanoTime);
    }

    static ArrivalQueue open(
            Bounds bounds,
            Duration longest,
            long groupBytes,
            long unitBytes,
            Grouping.Oversize oversize,
            LongSupplier nanoTime) {
        DefaultQueueProvider<DataChangeEvent> storage = new DefaultQueueProvider<>();
        storage.configure(Map.of("max.queue.size", "1000"));
        return new ArrivalQueue(
                storage,
                bounds,
                UnaryOperator.identity(),
                new Deliveries(),
                new Grouping(longest, groupBytes, unitBytes, NEVER, oversize),
                nanoTime);
    }

    /** Changes no record. */
    static final class AsTheyAre implements RecordLane.Stamp {

        @Override
        public RecordLane.Stamped stamp(SourceRecord record) {
            return new RecordLane.Stamped(record, false);
        }

        @Override
        public SourceRecord fromElsewhere(SourceRecord record, @Nullable Map<String, ?> last) {
            return record;
        }
    }

    /** Writes down what is too large. */
    static final class Oversized implements Grouping.Oversize {

        final List<String> found = new ArrayList<>();

        @Nullable
        RuntimeException failure;

        @Override
        public @Nullable RuntimeException tooLarge(SourceRecord next, long bytes, int part) {
            found.add(next.topic() + " after " + bytes + " bytes of part " + part);
            return failure;
        }

        @Override
        public @Nullable RuntimeException tooSlow(SourceRecord last, Duration time) {
            return failure;
        }
    }
}
