// SPDX-License-Identifier: Apache-2.0
package dev.tributary.handover;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/** Records leave as they arrive, in batches of whatever is there. */
record Batches(Waiting waiting, Bounds bounds) implements Departures {

    @Override
    public void add(SourceRecord record, long bytes, int flags) {}

    @Override
    public void endUnit() {}

    @Override
    public void ranDry() {}

    @Override
    public void asked() {}

    @Override
    public @Nullable RuntimeException failure() {
        return null;
    }

    @Override
    public boolean isAnyReady() {
        return waiting.size() > 0;
    }

    @Override
    public boolean isFull(long held) {
        return waiting.size() >= bounds.events() || bounds.areReached(held);
    }

    @Override
    public long untilDue(long pauseLeft) {
        int size = waiting.size();
        return size == 0 ? Long.MAX_VALUE : size >= bounds.batch() ? 0 : pauseLeft;
    }

    /** A batch has at most half of the bytes, so that the next one can form while Connect sends it. */
    @Override
    public List<SourceRecord> take() throws InterruptedException {
        int limit = Math.min(waiting.size(), bounds.batch());
        List<SourceRecord> records = new ArrayList<>(limit);
        long before = waiting.bytes();
        boolean joined = false;
        while (joined || (records.size() < limit && fits(records, before - waiting.bytes()))) {
            joined = waiting.nextJoins();
            records.add(waiting.remove());
        }
        return records;
    }

    private boolean fits(List<SourceRecord> records, long bytes) {
        return records.isEmpty() || bytes + waiting.nextBytes() <= bounds.bytes() / 2;
    }
}
