// SPDX-License-Identifier: Apache-2.0
package dev.tributary;

import dev.tributary.config.ConnectorConfig;
import dev.tributary.config.OptionNames;
import dev.tributary.failure.CaptureFailedException;
import dev.tributary.failure.Failure;
import dev.tributary.failure.Failure.Kind;
import dev.tributary.failure.FailurePolicy;
import dev.tributary.position.Lsn;
import dev.tributary.position.StoredOffset;
import dev.tributary.postgres.Changes;
import dev.tributary.preflight.Finding;
import dev.tributary.preflight.Report;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks and prepares the database before each attempt to capture: the attempt must lose no changes, and the
 * publication must include the captured tables. This also detects a slot that was dropped while the task waited.
 */
final class Readiness {

    private static final Logger LOG = LoggerFactory.getLogger(Readiness.class);

    /** SQL state of a query that exceeded the timeout of the checks: the server is busy, or a lock is held. */
    private static final String TOO_SLOW = "57014";

    private final ConnectorConfig config;
    private final FailurePolicy policy;

    /** Findings that were logged. A task that waits for hours does not log them again at each attempt. */
    private final Set<Finding> logged = new HashSet<>();

    Readiness(ConnectorConfig config, FailurePolicy policy) {
        this.config = config;
        this.policy = policy;
    }

    /**
     * How to capture.
     *
     * @param config the configuration, in which Debezium neither creates the publication nor waits for the slot
     * @param discardsOffset whether to ignore the stored offset: changes after it are lost, and the snapshot mode asks
     *     for a new snapshot in that case
     */
    record Start(ConnectorConfig config, boolean discardsOffset) {}

    /**
     * Checks the database and prepares it.
     *
     * @param stored the offset to resume from; one of an unfinished snapshot is ignored, because the snapshot starts
     *     over
     * @return how to capture
     * @throws CaptureFailedException if the database cannot be queried, or if someone has to fix it
     */
    Start establish(Optional<StoredOffset> stored) {
        Optional<Lsn> position =
                stored.filter(offset -> !offset.isOfUnfinishedSnapshot()).flatMap(StoredOffset::resumesAt);
        DatabaseCheck check = new DatabaseCheck(config, position);
        try {
            Report report = check.report();
            report.findings().stream().filter(logged::add).forEach(FindingLog::write);
            if (!report.errors().isEmpty()) {
                throw refused(report);
            }
            prepare(report);
            return new Start(
                    config.with(OptionNames.PUBLICATION_AUTOCREATE_MODE, "disabled")
                            .with(OptionNames.SLOT_MAX_RETRIES, "0"),
                    report.changesLost());
        } catch (SQLException e) {
            throw new CaptureFailedException(failure(check, e), e);
        }
    }

    private Failure failure(DatabaseCheck check, SQLException e) {
        Failure failure = policy.of(e);
        if (!(failure instanceof Failure.Fatal)) {
            return failure;
        }
        Finding finding = check.explain(e);
        return TOO_SLOW.equals(e.getSQLState())
                ? new Failure.Retriable(Kind.SERVER_TOO_SLOW, finding.found() + ".", "the database to answer in time")
                : fatal(finding);
    }

    private void prepare(Report report) throws SQLException {
        if (!report.preparations().isEmpty()) {
            LOG.info("Preparing publication {} with {}", config.publicationName(), report.preparations());
            Changes.run(DatabaseCheck.target(config), report.preparations());
        }
    }

    private CaptureFailedException refused(Report report) {
        String all = report.errors().stream()
                .map(finding -> finding.option() + ": " + finding.message())
                .collect(Collectors.joining("\n"));
        boolean temporary = report.errors().stream().allMatch(Finding::temporary);
        return new CaptureFailedException(
                temporary
                        ? new Failure.Retriable(
                                Kind.NOT_A_PRIMARY,
                                all,
                                "a server at " + config.hostname() + " that can serve the slot")
                        : new Failure.Fatal(Kind.CHECK_FAILED, all, ""),
                null);
    }

    private static Failure.Fatal fatal(Finding finding) {
        return new Failure.Fatal(Kind.CHECK_FAILED, finding.option() + ": " + finding.message(), "");
    }
}
