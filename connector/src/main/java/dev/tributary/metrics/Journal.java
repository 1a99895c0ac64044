// SPDX-License-Identifier: Apache-2.0
package dev.tributary.metrics;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The last things that happened to a connector. It outlives the tasks of the connector, so there is one for each topic
 * prefix, up to a limit; the one that was used least recently is given up.
 */
public final class Journal implements JournalMXBean {

    /** Entries that are kept. */
    public static final int CAPACITY = 100;

    private static final int MOST_JOURNALS = 500;
    private static final int LONGEST_TEXT = 4000;

    /** By topic prefix, the one used least recently first. */
    private static final Map<String, Journal> JOURNALS = new LinkedHashMap<>(16, 0.75f, true);

    /** What an entry is about. */
    public enum Kind {
        /** The task runs, waits, or has ended. */
        STATE,
        /** A check found something. */
        FINDING,
        /** The task, or an attempt to capture, has failed. */
        FAILURE,
        /** The guard of the slot warns, or a danger is over. */
        ALERT
    }

    /** How serious an entry is. */
    public enum Severity {
        INFO,
        WARNING,
        ERROR
    }

    private final String topicPrefix;
    private final Clock clock;
    private final Registration registration;
    private final Deque<JournalEntry> entries = new ArrayDeque<>();

    private Journal(String topicPrefix, Clock clock) {
        this.topicPrefix = topicPrefix;
        this.clock = clock;
        this.registration = Registration.of("journal", topicPrefix, this);
    }

    /** The journal of the connector with a topic prefix, empty if nothing has happened yet. */
    public static Journal of(String topicPrefix) {
        synchronized (JOURNALS) {
            Journal journal = JOURNALS.computeIfAbsent(topicPrefix, prefix -> new Journal(prefix, Clock.systemUTC()));
            if (JOURNALS.size() > MOST_JOURNALS) {
                close(JOURNALS.keySet().iterator().next());
            }
            return journal;
        }
    }

    /** The journal of a topic prefix, if this JVM has one. */
    public static Optional<Journal> existing(String topicPrefix) {
        synchronized (JOURNALS) {
            return Optional.ofNullable(JOURNALS.get(topicPrefix));
        }
    }

    /** Gives up the journal of a topic prefix of which this JVM has neither the connector nor its task. */
    public static void closeUnused(String topicPrefix) {
        if (Registration.bean("connector", topicPrefix).isEmpty()
                && Registration.bean("task", topicPrefix).isEmpty()) {
            close(topicPrefix);
        }
    }

    private static void close(String topicPrefix) {
        synchronized (JOURNALS) {
            Journal journal = JOURNALS.remove(topicPrefix);
            if (journal != null) {
                journal.registration.close();
            }
        }
    }

    /** Adds an entry, unless the last one of its kind says the same. */
    public void add(Kind kind, Severity severity, String text) {
        synchronized (JOURNALS) {
            // Counts as use.
            JOURNALS.get(topicPrefix);
        }
        addEntry(kind, severity, text);
    }

    private synchronized void addEntry(Kind kind, Severity severity, String text) {
        String shown = text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) + "…" : text;
        for (JournalEntry before : (Iterable<JournalEntry>) entries::descendingIterator) {
            if (before.getKind().equals(kind.name())) {
                if (before.getText().equals(shown)) {
                    return;
                }
                break;
            }
        }
        if (entries.size() == CAPACITY) {
            entries.removeFirst();
        }
        entries.addLast(new JournalEntry(clock.millis(), kind.name(), severity.name(), shown));
    }

    @Override
    public synchronized List<JournalEntry> getEntries() {
        return List.copyOf(entries);
    }
}
