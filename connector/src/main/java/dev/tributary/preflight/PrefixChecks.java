// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import dev.tributary.config.ApplicationName;
import dev.tributary.config.OptionNames;
import java.util.List;
import java.util.stream.Stream;

/** Checks whether another connector runs with the same topic prefix. */
final class PrefixChecks {

    private PrefixChecks() {}

    /** The other connector may run in this JVM, or anywhere else and stream from the same server. */
    static List<Finding> taken(PreflightRequest request, Facts facts) {
        var own = request.connector().application();
        var elsewhere = facts.replicators().stream()
                // A connector on the same slot is reported by SlotChecks.
                .filter(replicator -> !request.slot().name().equals(replicator.slot()))
                .flatMap(replicator -> ApplicationName.parse(replicator.application()).stream())
                .filter(other -> other.prefix().equals(own.prefix()) && !other.equals(own))
                .map(ApplicationName::connector);
        return Stream.concat(Stream.ofNullable(request.connector().rival()), elsewhere)
                .limit(1)
                .map(connector -> taken(request.topics().prefix(), connector))
                .toList();
    }

    /** The finding that a topic prefix belongs to another connector. */
    static Finding taken(String prefix, String connector) {
        return Finding.error(
                OptionNames.TOPIC_PREFIX,
                "Connector " + connector + " is running with topic.prefix " + prefix,
                "Two connectors with one prefix write to the same topics and share their metrics",
                new Fix.Advice("give each connector its own topic.prefix, or delete connector " + connector));
    }
}
