// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import dev.tributary.config.OptionNames;
import dev.tributary.postgres.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Checks whether changes that have not been read yet are so old that their topics would delete them at once. */
final class BacklogChecks {

    /** Less WAL is not reported: an idle server writes that much. */
    private static final long REPORTED_FROM = 1L << 20;

    private BacklogChecks() {}

    static List<Finding> expired(PreflightRequest request, Facts facts) {
        var stored = request.slot().storedPosition();
        var last = request.backlog().lastCommit();
        var written = facts.server().walPosition();
        if (stored == null || last == null || written == null) {
            return List.of();
        }
        var unread = written.asLong() - stored.asLong();
        var age = Duration.between(last, Instant.now());
        if (unread < REPORTED_FROM || age.compareTo(request.backlog().retention()) < 0) {
            return List.of();
        }
        return List.of(Finding.warning(
                OptionNames.RECORD_TIMESTAMP,
                "The last change that was sent was committed " + age.toDays() + " days ago ("
                        + last.truncatedTo(ChronoUnit.SECONDS) + "), and the server has written " + Bytes.text(unread)
                        + " of WAL since",
                "Records have the time of their commit, so topics that keep records for "
                        + text(request.backlog().retention())
                        + " delete the older ones soon after they arrive, perhaps before they are read",
                new Fix.Advice("set retention.ms of the topics to more than " + (age.toDays() + 1)
                        + " days until the connector has caught up, or " + OptionNames.RECORD_TIMESTAMP + "=none")));
    }

    private static String text(Duration retention) {
        return retention.toDays() > 0 ? retention.toDays() + " days" : retention.toMinutes() + " minutes";
    }
}
