// SPDX-License-Identifier: Apache-2.0
package dev.tributary.metrics;

import javax.management.ConstructorParameters;

/** An event, as text. A class with getters, because JMX does not show records. */
public final class EventSample {

    private final long timeMillis;
    private final String operation;
    private final String key;
    private final String value;

    /**
     * @param timeMillis when it was handed to Connect, in milliseconds since the epoch
     * @param operation {@code c}, {@code u}, {@code d}, {@code r}, {@code t} or {@code m}; empty if it says none, as a
     *     tombstone
     * @param key the fields of its key
     * @param value the fields of its row; cut if it is long. Values of fields are there only if the operator of the
     *     worker wants them to be shown
     */
    @ConstructorParameters({"timeMillis", "operation", "key", "value"})
    public EventSample(long timeMillis, String operation, String key, String value) {
        this.timeMillis = timeMillis;
        this.operation = operation;
        this.key = key;
        this.value = value;
    }

    public long getTimeMillis() {
        return timeMillis;
    }

    public String getOperation() {
        return operation;
    }

    public String getKey() {
        return key;
    }

    public String getValue() {
        return value;
    }
}
