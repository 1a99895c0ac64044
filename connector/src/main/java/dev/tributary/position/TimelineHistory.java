// SPDX-License-Identifier: Apache-2.0
package dev.tributary.position;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ancestors of a timeline.
 *
 * @param ends for each ancestor, the position at which the timeline left it: records that begin before it are common
 */
public record TimelineHistory(Map<Long, Lsn> ends) {

    /** A line of the file: timeline, position, reason; comments begin with a {@code #}. */
    private static final Pattern LINE = Pattern.compile("(?m)^\\s*(\\d+)\\s+([0-9A-Fa-f]+/[0-9A-Fa-f]+)");

    /** @param text a timeline history file, as {@code TIMELINE_HISTORY} returns it */
    public static TimelineHistory parse(String text) {
        Map<Long, Lsn> ends = new HashMap<>();
        Matcher matcher = LINE.matcher(text);
        while (matcher.find()) {
            ends.put(Long.valueOf(matcher.group(1)), Lsn.parse(matcher.group(2)));
        }
        return new TimelineHistory(Map.copyOf(ends));
    }

    /** The position at which the timeline left an ancestor; empty if it does not descend from it. */
    public Optional<Lsn> endOf(long ancestor) {
        return Optional.ofNullable(ends.get(ancestor));
    }
}
