// SPDX-License-Identifier: Apache-2.0
package dev.tributary.position;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The ancestors of a timeline.
 *
 * @param ends for each ancestor, the position at which the timeline left it: records that begin before it are common
 */
public record TimelineHistory(SortedMap<Long, Lsn> ends) {

    /** The history of the first timeline. */
    public static final TimelineHistory NONE = new TimelineHistory(new TreeMap<>());

    /** A line of the file: timeline, position, reason; comments begin with a {@code #}. */
    private static final Pattern LINE = Pattern.compile("(?m)^\\s*(\\d+)\\s+([0-9A-Fa-f]+/[0-9A-Fa-f]+)");

    /** A timeline and its end, in an offset. */
    private static final Pattern ENTRY = Pattern.compile("(\\d+)@([0-9A-F]+/[0-9A-F]+)");

    /** How many ancestors are stored with each offset: those of other histories differ in one of the last. */
    private static final int STORED = 10;

    public TimelineHistory {
        ends = Collections.unmodifiableSortedMap(new TreeMap<>(ends));
    }

    /** @param text a timeline history file, as {@code TIMELINE_HISTORY} returns it */
    public static TimelineHistory parse(String text) {
        return of(LINE.matcher(text));
    }

    /** Reads {@link #text}. */
    static TimelineHistory ofText(String text) {
        return of(ENTRY.matcher(text));
    }

    private static TimelineHistory of(Matcher matcher) {
        SortedMap<Long, Lsn> ends = new TreeMap<>();
        while (matcher.find()) {
            ends.put(Long.valueOf(matcher.group(1)), Lsn.parse(matcher.group(2)));
        }
        return new TimelineHistory(ends);
    }

    /** The last ancestors and their ends, such as {@code 1@0/5000060,2@0/6000000}. */
    String text() {
        return ends.entrySet().stream()
                .skip(Math.max(0, ends.size() - STORED))
                .map(end -> end.getKey() + "@" + end.getValue())
                .collect(Collectors.joining(","));
    }

    /** The position at which the timeline left an ancestor; empty if it does not descend from it. */
    public Optional<Lsn> endOf(long ancestor) {
        return Optional.ofNullable(ends.get(ancestor));
    }

    /** This history from a timeline on. */
    TimelineHistory from(long first) {
        return new TimelineHistory(ends.tailMap(first));
    }
}
