// SPDX-License-Identifier: Apache-2.0
package dev.tributary;

import dev.tributary.config.ConnectorConfig;
import dev.tributary.config.OptionNames;
import dev.tributary.config.ServerDivergence;
import dev.tributary.failure.CaptureFailedException;
import dev.tributary.failure.Failure;
import dev.tributary.failure.Failure.Kind;
import dev.tributary.failure.FailurePolicy;
import dev.tributary.failure.ShownText;
import dev.tributary.position.Position;
import dev.tributary.position.ServerTimeline;
import dev.tributary.position.SlotMark;
import dev.tributary.position.StartingPoint;
import dev.tributary.position.StoredOffset;
import dev.tributary.postgres.CatalogVersion;
import dev.tributary.postgres.Changes;
import dev.tributary.postgres.LockedTableException;
import dev.tributary.postgres.TableName;
import dev.tributary.preflight.DivergenceFinding;
import dev.tributary.preflight.Finding;
import dev.tributary.preflight.Finding.Awaited;
import dev.tributary.preflight.Preparation;
import dev.tributary.preflight.Report;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    private final List<Finding> ofWorker;

    /** Findings that were logged. A task that waits for hours does not log them again at each attempt. */
    private final Set<Finding> logged = ConcurrentHashMap.newKeySet();

    Readiness(ConnectorConfig config, FailurePolicy policy) {
        this(config, policy, List.of());
    }

    /** @param ofWorker what is to be reported of the worker, besides what the database is checked for */
    Readiness(ConnectorConfig config, FailurePolicy policy, List<Finding> ofWorker) {
        this.config = config;
        this.policy = policy;
        this.ofWorker = List.copyOf(ofWorker);
    }

    /**
     * How to capture.
     *
     * @param config the configuration, in which Debezium neither creates the publication nor waits for the slot
     * @param point where to begin. Without the stored offset if changes after it are lost, and the snapshot mode asks
     *     for a new snapshot in that case
     * @param warnings what is probably not as intended
     */
    record Start(ConnectorConfig config, StartingPoint point, TaskWarnings warnings) {}

    /** The same as {@link #establish(Optional, Optional)}, from the offset that Connect has stored. */
    Start establish(Optional<StoredOffset> stored) {
        return establish(stored, stored);
    }

    /**
     * Checks the database and prepares it.
     *
     * @param stored the offset to resume from; the slot must have all changes after it
     * @param confirmed the offset that Connect has stored
     * @return how to capture
     * @throws CaptureFailedException if the database cannot be queried, or if someone has to fix it
     */
    Start establish(Optional<StoredOffset> stored, Optional<StoredOffset> confirmed) {
        DatabaseCheck check = DatabaseCheck.ofStart(config, stored);
        try {
            Report report = check.report();
            Optional<TimelineCheck> timeline = timeline(stored, report);
            boolean complete = report.snapshotComplete();
            Optional<StoredOffset> offset = complete ? stored.map(StoredOffset::afterSnapshot) : stored;
            if (timeline.flatMap(TimelineCheck::divergence).isPresent()) {
                offset = diverged(timeline.get(), offset.orElseThrow());
                // The slot must have all changes after another position now, and its mark is of the other history.
                report = DatabaseCheck.ofDivergedStart(config, offset).report();
            }
            Stream.concat(ofWorker.stream(), report.findings().stream())
                    .filter(logged::add)
                    .forEach(FindingLog::write);
            if (!report.errors().isEmpty()) {
                throw refused(report);
            }
            List<Finding> postponed = prepare(report);
            Optional<ServerTimeline> server = timeline.map(TimelineCheck::server);
            return new Start(
                    config.leavingOut(report.leftOut(), TableName::schema, TableName::name)
                            .with(OptionNames.PUBLICATION_AUTOCREATE_MODE, "disabled")
                            .with(OptionNames.SLOT_MAX_RETRIES, "0"),
                    report.changesLost()
                            ? new StartingPoint(Optional.empty(), Optional.empty(), server)
                            : new StartingPoint(
                                    offset,
                                    confirmed.equals(stored)
                                            ? offset
                                            : confirmed.map(known -> complete ? known.afterSnapshot() : known),
                                    server),
                    TaskWarnings.of(config, report, postponed).and(ofWorker));
        } catch (SQLException e) {
            throw new CaptureFailedException(failure(check, e), e);
        }
    }

    private static boolean isComplete(StoredOffset offset) {
        return !offset.isOfUnfinishedSnapshot();
    }

    private Optional<TimelineCheck> timeline(Optional<StoredOffset> stored, Report report) throws SQLException {
        try {
            return config.streams() ? Optional.of(TimelineCheck.run(config, stored)) : Optional.empty();
        } catch (SQLException e) {
            if (report.errors().isEmpty()) {
                throw e;
            }
            // The errors say why the server cannot be asked.
            return Optional.empty();
        }
    }

    /**
     * The offset to continue from on a server that does not have everything that was read; empty for a new snapshot. An
     * unfinished snapshot starts over, because its rows are those of the other history.
     */
    private Optional<StoredOffset> diverged(TimelineCheck timeline, StoredOffset stored) {
        boolean accepted = config.snapshotRepeats() || config.serverDivergence() == ServerDivergence.CONTINUE;
        Finding finding = DivergenceFinding.of(timeline.divergence().orElseThrow(), accepted);
        if (!accepted) {
            throw new CaptureFailedException(fatal(finding), null);
        }
        if (logged.add(finding)) {
            FindingLog.write(finding);
        }
        return stored.isOfUnfinishedSnapshot() || config.snapshotRepeats()
                ? Optional.empty()
                : Position.of(stored)
                        .flatMap(read -> timeline.continuesFrom(read, SlotMark.of(config.topicPrefix())))
                        .map(stored::rewoundTo);
    }

    /**
     * The catalog from now on: publishes captured tables that are created, if the connector may and no application
     * would fail then.
     *
     * @param start how the connector captures
     * @param stored reads the offset that Connect has stored
     * @param warnings takes what is to be reported of the task after each look
     */
    TableWatch.Catalog catalog(Start start, Supplier<Optional<StoredOffset>> stored, Consumer<TaskWarnings> warnings) {
        ConnectorConfig captured = config.leavingOut(start.config().leftOut());
        return new TableWatch.Catalog() {
            @Override
            public String version() throws SQLException {
                return CatalogVersion.read(DatabaseCheck.target(captured));
            }

            @Override
            public boolean publishNew() throws SQLException {
                Report report = DatabaseCheck.ofRunning(captured, stored.get().filter(Readiness::isComplete))
                        .report();
                report.findings().stream().filter(logged::add).forEach(FindingLog::write);
                List<Finding> postponed;
                try {
                    postponed = prepare(report);
                    warnings.accept(start.warnings().after(report, postponed));
                } catch (SQLException e) {
                    warnings.accept(start.warnings().afterFailure(report, e));
                    throw e;
                }
                return report.errors().isEmpty() && postponed.isEmpty();
            }
        };
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

    /** Returns what could not be run yet, and need not have been. */
    private List<Finding> prepare(Report report) throws SQLException {
        if (report.preparations().isEmpty()) {
            return List.of();
        }
        List<Finding> postponed = new ArrayList<>();
        try (Changes changes = Changes.begin(DatabaseCheck.target(config))) {
            for (Preparation preparation : report.preparations()) {
                LOG.info(
                        "Preparing the database for publication {} with {}",
                        config.publicationName(),
                        preparation.statements());
                run(changes, preparation).ifPresent(postponed::add);
            }
        }
        postponed.stream().filter(logged::add).forEach(FindingLog::write);
        return postponed;
    }

    private static Optional<Finding> run(Changes changes, Preparation preparation) throws SQLException {
        TableName locked = preparation.locked();
        if (locked == null) {
            changes.run(preparation.statements());
            return Optional.empty();
        }
        try {
            changes.runLocking(locked, preparation.statements());
            return Optional.empty();
        } catch (LockedTableException e) {
            if (!preparation.canWait()) {
                throw e;
            }
            return Optional.of(preparation.postponed(ShownText.of(e)));
        }
    }

    private CaptureFailedException refused(Report report) {
        String all = report.errors().stream()
                .map(finding -> finding.option() + ": " + finding.message())
                .collect(Collectors.joining("\n"));
        Set<Awaited> awaited = report.errors().stream()
                .map(Finding::awaited)
                .flatMap(Stream::ofNullable)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Awaited.class)));
        boolean canWait = report.errors().stream().allMatch(finding -> finding.awaited() != null);
        Failure failure =
                canWait ? waiting(awaited.iterator().next(), all) : new Failure.Fatal(Kind.CHECK_FAILED, all, "");
        return new CaptureFailedException(failure, null);
    }

    private Failure waiting(Awaited awaited, String what) {
        String server = config.hostname() + ":" + config.port();
        return switch (awaited) {
            case SERVER ->
                new Failure.Retriable(Kind.NOT_A_PRIMARY, what, "a server at " + server + " that can serve the slot");
            case SLOT ->
                new Failure.Retriable(
                        Kind.SLOT_IN_USE, what, "replication slot " + config.slotName() + " to be released");
            case FREE_SLOT -> new Failure.Retriable(Kind.NO_FREE_SLOT, what, "a free replication slot on " + server);
            case FREE_WALSENDER ->
                new Failure.Retriable(Kind.TOO_MANY_CONNECTIONS, what, "a free walsender on " + server);
        };
    }

    private static Failure.Fatal fatal(Finding finding) {
        return new Failure.Fatal(Kind.CHECK_FAILED, finding.option() + ": " + finding.message(), "");
    }
}
