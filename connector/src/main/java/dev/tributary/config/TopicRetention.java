// SPDX-License-Identifier: Apache-2.0
package dev.tributary.config;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/** How long topics keep records, as far as {@code topic.creation.*} says. */
final class TopicRetention {

    /** What brokers do without a setting: {@code log.retention.hours}. */
    private static final String BROKERS_MILLIS =
            Long.toString(Duration.ofDays(7).toMillis());

    private TopicRetention() {}

    /** The shortest time after which a topic deletes records; a topic that is only compacted keeps them. */
    static Duration shortestIn(Map<String, String> properties) {
        return Stream.concat(Stream.of("default"), Selection.list(properties, "topic.creation.groups").stream())
                .map(group -> "topic.creation." + group + ".")
                .filter(group -> properties
                        .getOrDefault(group + "cleanup.policy", "delete")
                        .contains("delete"))
                .map(group -> properties.getOrDefault(group + "retention.ms", BROKERS_MILLIS))
                .filter(millis -> millis.matches("\\d{1,15}"))
                .map(millis -> Duration.ofMillis(Long.parseLong(millis)))
                .min(Comparator.naturalOrder())
                .orElse(ChronoUnit.FOREVER.getDuration());
    }
}
