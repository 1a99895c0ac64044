// SPDX-License-Identifier: Apache-2.0
package dev.tributary.metrics;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps the latest events of each topic while it is open: of 1,000 topics at most, and not more than 4 million
 * characters. If there is more, the topics that were used least recently lose theirs.
 */
public final class Samples implements SamplesMXBean, AutoCloseable {

    /** Events that are kept of each topic. */
    public static final int PER_TOPIC = 20;

    private static final int MOST_TOPICS = 1000;
    private static final long MOST_CHARACTERS = 4_000_000;

    /** What an event costs beside its text, in characters. */
    private static final long OVERHEAD = 64;

    private final Registration registration;

    /** The topic that was used least recently first. */
    private final Map<String, Deque<EventSample>> topics = new LinkedHashMap<>(16, 0.75f, true);

    private long characters;

    private Samples(String topicPrefix) {
        this.registration = Registration.of("samples", topicPrefix, this);
    }

    /** Registers the samples of the task with the given topic prefix, instead of those of one before. */
    public static Samples open(String topicPrefix) {
        return new Samples(topicPrefix);
    }

    /** Adds an event to its topic. */
    public synchronized void add(String topic, EventSample event) {
        Deque<EventSample> events = topics.computeIfAbsent(topic, name -> new ArrayDeque<>());
        if (events.size() == PER_TOPIC) {
            characters -= size(events.removeFirst());
        }
        events.addLast(event);
        characters += size(event);
        while (topics.size() > 1 && (topics.size() > MOST_TOPICS || characters > MOST_CHARACTERS)) {
            forgetOne();
        }
    }

    private void forgetOne() {
        Iterator<Deque<EventSample>> leastRecent = topics.values().iterator();
        characters -= leastRecent.next().stream().mapToLong(Samples::size).sum();
        leastRecent.remove();
    }

    private static long size(EventSample event) {
        return OVERHEAD + event.getKey().length() + event.getValue().length();
    }

    @Override
    public synchronized List<String> getTopics() {
        return topics.keySet().stream().sorted().toList();
    }

    @Override
    public synchronized List<EventSample> events(String topic) {
        return List.copyOf(topics.getOrDefault(topic, new ArrayDeque<>()));
    }

    @Override
    public void close() {
        registration.close();
    }
}
