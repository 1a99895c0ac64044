// SPDX-License-Identifier: Apache-2.0
package dev.tributary.metrics;

import javax.management.ConstructorParameters;

/** Something that happened. A class with getters, because JMX does not show records. */
public final class JournalEntry {

    private final long timeMillis;
    private final String kind;
    private final String severity;
    private final String text;

    /**
     * @param timeMillis when, in milliseconds since the epoch
     * @param kind {@code STATE}, {@code FINDING}, {@code FAILURE} or {@code ALERT}
     * @param severity {@code INFO}, {@code WARNING} or {@code ERROR}
     * @param text what happened, and the fix if there is one; no row content and no secrets
     */
    @ConstructorParameters({"timeMillis", "kind", "severity", "text"})
    public JournalEntry(long timeMillis, String kind, String severity, String text) {
        this.timeMillis = timeMillis;
        this.kind = kind;
        this.severity = severity;
        this.text = text;
    }

    public long getTimeMillis() {
        return timeMillis;
    }

    public String getKind() {
        return kind;
    }

    public String getSeverity() {
        return severity;
    }

    public String getText() {
        return text;
    }
}
