// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture;

import dev.tributary.handover.ArrivalQueue;
import dev.tributary.metrics.EventStatus;

/** What waits in a queue, for metrics. */
record QueueLevels(ArrivalQueue queue) implements EventStatus.Queue {

    @Override
    public int records() {
        return queue.totalCapacity() - queue.remainingCapacity();
    }

    @Override
    public int recordsLimit() {
        return queue.totalCapacity();
    }

    @Override
    public long bytes() {
        return queue.currentQueueSizeInBytes();
    }

    @Override
    public long bytesLimit() {
        return queue.maxQueueSizeInBytes();
    }
}
