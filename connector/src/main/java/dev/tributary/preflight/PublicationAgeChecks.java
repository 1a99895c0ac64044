// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import dev.tributary.config.OptionNames;
import java.util.List;

/** Checks whether the publication has existed since the position of the slot. */
final class PublicationAgeChecks {

    /** Since this version, the server passes over the changes that were made without the publication. */
    private static final int PASSES_OVER = 18;

    private PublicationAgeChecks() {}

    static List<Finding> sinceSlot(PreflightRequest request, Facts facts) {
        var slot = facts.slot();
        var publication = facts.publication();
        if (facts.server().majorVersion() >= PASSES_OVER
                || slot == null
                || slot.lost()
                || slot.activePid() != null
                || (publication != null && !publication.youngerThanSlot())) {
            return List.of();
        }
        var name = request.publication().name();
        return List.of(Finding.warning(
                OptionNames.PUBLICATION_NAME,
                publication == null
                        ? "Slot " + slot.name() + " exists, and publication " + name + " does not"
                        : "Publication " + name + " was created, or changed by ALTER PUBLICATION, after the position of"
                                + " slot " + slot.name(),
                "Before Postgres 18, the server decodes each change with the publication as it was at that time. If"
                        + " there are changes from a time without it, the slot cannot be read past them, and the task"
                        + " fails with PUBLICATION_MISSING",
                new Fix.Advice("if the task fails so: stop the connector, run " + SlotChecks.drop(slot.name())
                        + ", delete the connector's offsets, and resume it; it takes a new snapshot")));
    }
}
