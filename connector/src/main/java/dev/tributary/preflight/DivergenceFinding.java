// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import dev.tributary.config.OptionNames;
import dev.tributary.position.Divergence;
import dev.tributary.position.Lsn;
import dev.tributary.preflight.Finding.Severity;

/** Says which events describe changes that the server does not have, and how to continue. */
public final class DivergenceFinding {

    private DivergenceFinding() {}

    /** @param accepted whether the connector continues in spite of it */
    public static Finding of(Divergence divergence, boolean accepted) {
        return new Finding(
                accepted ? Severity.WARNING : Severity.ERROR,
                OptionNames.DATABASE_HOSTNAME,
                found(divergence),
                consequence(divergence),
                new Fix.Advice(
                        accepted
                                ? "none needed to continue; correct in the consumers what those events did"
                                : "either set server.divergence=continue, and correct in the consumers what those events"
                                        + " did; or take a new snapshot, which sends the rows as they are now: set"
                                        + " snapshot.mode=when_needed, or " + SlotGapChecks.RESET_OFFSETS
                                        + overRest(divergence)));
    }

    private static String found(Divergence divergence) {
        if (divergence.isOtherCluster()) {
            return "The server is another database cluster (system identifier "
                    + divergence.server().systemId() + ") than the one that the connector has read up to "
                    + divergence.upTo() + " (" + divergence.read().systemId() + ")";
        }
        String read = "the connector has read timeline " + divergence.read().timeline() + " up to " + divergence.upTo();
        if (divergence.fork().isPresent() && !divergence.isOfAncestor()) {
            return "The server is on a timeline " + divergence.server().timeline() + " whose history is not that of the"
                    + " timeline " + divergence.read().timeline() + " that the connector has read up to "
                    + divergence.upTo() + ": they part at " + divergence.fork().get();
        }
        return "The server is on timeline " + divergence.server().timeline()
                + divergence
                        .fork()
                        .map(fork -> ", which left timeline "
                                + divergence.read().timeline() + " at " + fork + ", but " + read)
                        .orElse(", which does not descend from timeline "
                                + divergence.read().timeline() + " as far as the server knows, and " + read);
    }

    private static String consequence(Divergence divergence) {
        if (divergence.isOtherCluster()) {
            return "Positions of the two cannot be compared, so changes can be missing, and events in the topics can"
                    + " describe changes that this server never had";
        }
        String cause = "A standby was promoted, or a backup was restored, that did not have the last changes";
        return divergence
                .fork()
                .map(fork -> cause
                        + ". The topics have events of changes that no longer exist: those of transactions that"
                        + " committed after " + fork + " and up to " + divergence.upTo() + " (source.lsn around "
                        + decimal(fork) + " to " + decimal(divergence.upTo()) + ", written before the failover)")
                .orElse(cause + ", and the topics can have events of changes that no longer exist");
    }

    private static String overRest(Divergence divergence) {
        return divergence
                .fork()
                .map(fork -> "; over REST, the offset {\"lsn\": " + decimal(fork)
                        + "} continues from where the histories part (PATCH /connectors/<name>/offsets)")
                .orElse("");
    }

    private static String decimal(Lsn position) {
        return Long.toUnsignedString(position.value());
    }
}
