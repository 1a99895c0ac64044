// SPDX-License-Identifier: Apache-2.0
package dev.tributary.metrics;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * What happened to the tasks of a connector since the worker started: it outlives each task, so that a failure that
 * ends one is still counted when the next one runs.
 */
final class TaskHistory {

    private static final Map<String, TaskHistory> BY_SERVER = new ConcurrentHashMap<>();

    private final Map<String, LongAdder> failures = new ConcurrentHashMap<>();
    private final AtomicLong retries = new AtomicLong();
    private final AtomicLong stateChanges = new AtomicLong();

    private TaskHistory() {}

    /** The history of the connector with a topic prefix. */
    static TaskHistory of(String topicPrefix) {
        return BY_SERVER.computeIfAbsent(topicPrefix, prefix -> new TaskHistory());
    }

    void failed(String kind) {
        failures.computeIfAbsent(kind, ignored -> new LongAdder()).increment();
    }

    void retried() {
        retries.incrementAndGet();
    }

    void stateChanged() {
        stateChanges.incrementAndGet();
    }

    /** How many failures there were of each kind. */
    Map<String, Long> failures() {
        Map<String, Long> sums = new TreeMap<>();
        failures.forEach((kind, count) -> sums.put(kind, count.sum()));
        return sums;
    }

    long retries() {
        return retries.get();
    }

    long stateChanges() {
        return stateChanges.get();
    }
}
