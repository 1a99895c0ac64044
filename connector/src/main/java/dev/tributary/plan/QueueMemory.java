// SPDX-License-Identifier: Apache-2.0
package dev.tributary.plan;

import dev.tributary.handover.Bounds;
import java.util.Map;
import java.util.OptionalLong;

/**
 * How much memory the events that wait in the worker may take.
 *
 * @param limitBytes {@code max.queue.size.in.bytes}; empty if it is not set, so that the limit is a part of the heap
 * @param heapShare which part of the worker's heap that is: one of so many
 */
public record QueueMemory(OptionalLong limitBytes, long heapShare) {

    private static final String LIMIT = "max.queue.size.in.bytes";

    /** The limit in a configuration that was validated. */
    static QueueMemory of(Map<String, String> properties) {
        long bytes = Long.parseLong(properties.getOrDefault(LIMIT, "0").strip());
        return new QueueMemory(bytes > 0 ? OptionalLong.of(bytes) : OptionalLong.empty(), Bounds.HEAP_SHARE);
    }

    /** The limit in a worker with a heap of a size. */
    public long bytesIn(long heap) {
        return limitBytes.orElse(heap / heapShare);
    }
}
