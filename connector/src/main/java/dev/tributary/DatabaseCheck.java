// SPDX-License-Identifier: Apache-2.0
package dev.tributary;

import dev.tributary.capture.backfill.TableIdentity;
import dev.tributary.capture.snapshot.SnapshotProgress;
import dev.tributary.config.AvroNames;
import dev.tributary.config.CapturePath;
import dev.tributary.config.ConnectorConfig;
import dev.tributary.config.MissingTables;
import dev.tributary.config.NewTables;
import dev.tributary.config.OptionNames;
import dev.tributary.config.RecordTimestamp;
import dev.tributary.config.SlotOptions;
import dev.tributary.position.Lsn;
import dev.tributary.position.Position;
import dev.tributary.position.ServerTimeline;
import dev.tributary.position.StoredOffset;
import dev.tributary.postgres.ConnectionTarget;
import dev.tributary.postgres.TableName;
import dev.tributary.preflight.Finding;
import dev.tributary.preflight.Preflight;
import dev.tributary.preflight.PreflightRequest;
import dev.tributary.preflight.PreflightRequest.Backfill;
import dev.tributary.preflight.PreflightRequest.Backlog;
import dev.tributary.preflight.PreflightRequest.ColumnSelection;
import dev.tributary.preflight.PreflightRequest.ConnectorUse;
import dev.tributary.preflight.PreflightRequest.Moment;
import dev.tributary.preflight.PreflightRequest.PublicationMode;
import dev.tributary.preflight.PreflightRequest.PublicationUse;
import dev.tributary.preflight.PreflightRequest.SlotTrust;
import dev.tributary.preflight.PreflightRequest.SlotUse;
import dev.tributary.preflight.PreflightRequest.SnapshotUse;
import dev.tributary.preflight.PreflightRequest.TableSelection;
import dev.tributary.preflight.PreflightRequest.TopicNaming;
import dev.tributary.preflight.ProducerChecks;
import dev.tributary.preflight.Report;
import dev.tributary.preflight.Survey;
import dev.tributary.preflight.TransactionChecks;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.replication.LogSequenceNumber;

/** Runs the preflight checks against the database of a configuration. */
final class DatabaseCheck {

    private final PreflightRequest request;
    private final List<Finding> ofOptions;

    private DatabaseCheck(ConnectorConfig config, Moment moment, Optional<StoredOffset> stored, SlotTrust trust) {
        this.request = request(config, moment, stored, trust);
        this.ofOptions = Stream.concat(TransactionChecks.of(config).stream(), ProducerChecks.of(config).stream())
                .toList();
    }

    /** The check of a configuration, which has been validated. */
    static DatabaseCheck of(ConnectorConfig config) {
        return new DatabaseCheck(config, Moment.VALIDATION, Optional.empty(), SlotTrust.MARKED);
    }

    /**
     * The check of a connector whose task is running. Only the tables that it knows are taken from its offset: the slot
     * is ahead of it.
     */
    static DatabaseCheck ofRunning(ConnectorConfig config, Optional<StoredOffset> stored) {
        return new DatabaseCheck(config, Moment.RUNNING, stored, SlotTrust.MARKED);
    }

    /**
     * The check of an offset that a user wants to store. One as it was read belongs to the slot; one that somebody
     * wrote can be any.
     */
    static DatabaseCheck ofOffset(ConnectorConfig config, StoredOffset offset) {
        SlotTrust trust = ServerTimeline.of(offset).isPresent() ? SlotTrust.MARKED : SlotTrust.NEVER;
        return new DatabaseCheck(config, Moment.VALIDATION, Optional.of(offset), trust);
    }

    /**
     * The check before a task captures.
     *
     * @param stored the offset that the connector resumes from; empty when it begins with a snapshot
     */
    static DatabaseCheck ofStart(ConnectorConfig config, Optional<StoredOffset> stored) {
        return new DatabaseCheck(config, Moment.START, stored, trust(config, stored));
    }

    /**
     * The check before a task captures from a server with another history than the one that was read.
     *
     * @param stored the offset that the connector continues from; empty when it begins with a snapshot
     */
    static DatabaseCheck ofDivergedStart(ConnectorConfig config, Optional<StoredOffset> stored) {
        return new DatabaseCheck(config, Moment.START, stored, SlotTrust.NEVER);
    }

    /** Debezium's source leaves no mark when the driver acknowledges positions while it streams. */
    private static SlotTrust trust(ConnectorConfig config, Optional<StoredOffset> stored) {
        boolean isDebeziums = stored.filter(offset -> !offset.isOfUnfinishedSnapshot())
                .map(offset -> config.capturePath() == CapturePath.DEBEZIUM || !Position.isExactIn(offset))
                .orElse(false);
        return config.trustsSlot() || (isDebeziums && config.driverAcknowledges())
                ? SlotTrust.ALWAYS
                : SlotTrust.MARKED;
    }

    /** Every finding, also of the options that need no database; one that cannot be reached is a finding as well. */
    List<Finding> findings() {
        return Stream.concat(ofOptions.stream(), Preflight.run(request).stream())
                .toList();
    }

    /** @throws SQLException if the database cannot be queried; {@link #explain} turns it into a finding */
    Report report() throws SQLException {
        return Preflight.examine(request);
    }

    /** @throws SQLException if the database cannot be queried; {@link #explain} turns it into a finding */
    Survey survey() throws SQLException {
        return Preflight.survey(request);
    }

    Finding explain(SQLException failure) {
        return Preflight.explain(request, failure);
    }

    static ConnectionTarget target(ConnectorConfig config) {
        return new ConnectionTarget(
                config.hostname(),
                config.port(),
                config.database(),
                config.user(),
                config.password(),
                config.driverProperties());
    }

    private static PreflightRequest request(
            ConnectorConfig config, Moment moment, Optional<StoredOffset> stored, SlotTrust trust) {
        Optional<ConnectorConfig> running = RunningConnectors.running(config.claimedPrefix(), config.connectorName());
        Optional<StoredOffset> resumed = moment == Moment.RUNNING ? Optional.empty() : stored;
        return new PreflightRequest(
                target(config),
                new SlotUse(
                        config.slotName(),
                        position(resumed.filter(offset -> !offset.isOfUnfinishedSnapshot())
                                .flatMap(StoredOffset::resumesAt)),
                        position(resumed.filter(StoredOffset::isOfUnfinishedSnapshot)
                                .flatMap(StoredOffset::committed)),
                        trust),
                new PublicationUse(
                        config.publicationName(),
                        PublicationMode.valueOf(
                                config.publicationAutocreateMode().toUpperCase(Locale.ROOT)),
                        config.publishViaPartitionRoot(),
                        config.tablesWithoutIdentity(),
                        config.selection().skippedOperations(),
                        table -> config.selection().chosenIdentitiesOf(table.toString())),
                new TableSelection(
                        captured(config),
                        config.selection().tableIncludeList(),
                        config.selection().schemaIncludeList(),
                        table -> config.selection().keyColumnsOf(table.toString()),
                        config.selection().skipsUnchanged(),
                        config.selection().filtersColumns(),
                        new ColumnSelection(
                                column -> config.selection()
                                        .captures(
                                                column.table().schema(),
                                                column.table().name(),
                                                column.name()),
                                config.selection().columnLists(),
                                config.selection().uncutTypes()),
                        config.selection().tableExcludeList()),
                new TopicNaming(
                        config.topicPrefix(), config.topicDelimiter(), AvroNames.areUnadjusted(config.properties())),
                new Backlog(
                        config.recordTimestamp() == RecordTimestamp.COMMIT
                                ? resumed.flatMap(StoredOffset::committedAt).orElse(null)
                                : null,
                        config.shortestRetention()),
                new SnapshotUse(
                        config.snapshotReadsData(),
                        config.snapshotRepeats(),
                        config.snapshotsAtEachStart(),
                        !config.streams(),
                        table -> config.ownSelect(table.schema(), table.name()).isPresent(),
                        table -> config.selection().readsRowsOf(table.schema(), table.name()),
                        config.selection().snapshotIncludeList(),
                        new Backfill(
                                backfills(config),
                                sent(stored).orElse(null),
                                running.map(DatabaseCheck::captured).orElse(null))),
                new ConnectorUse(
                        config.applicationName(),
                        moment,
                        running.isPresent(),
                        running.map(DatabaseCheck::lists).orElse(Map.of()),
                        config.missingTables() == MissingTables.WAIT,
                        RunningConnectors.other(config.claimedPrefix(), config.connectorName())
                                .orElse(null)),
                SlotOptions.of(config),
                config.readOnly());
    }

    /** Whether rows of tables that are new are read while the connector streams. */
    private static boolean backfills(ConnectorConfig config) {
        return config.newTables() == NewTables.BACKFILL
                && config.capturePath() == CapturePath.TRIBUTARY
                && config.streams()
                && config.snapshotReadsData()
                && !config.snapshotsAtEachStart();
    }

    private static Predicate<TableName> captured(ConnectorConfig config) {
        return table -> config.selection().captures(table.schema(), table.name());
    }

    /** The options that list tables, schemas or columns. */
    private static Map<String, List<String>> lists(ConnectorConfig config) {
        Map<String, List<String>> lists = new HashMap<>();
        config.selection().columnLists().forEach(list -> lists.put(list.option(), list.expressions()));
        lists.put(OptionNames.TABLE_INCLUDE_LIST, config.selection().tableIncludeList());
        lists.put(OptionNames.SCHEMA_INCLUDE_LIST, config.selection().schemaIncludeList());
        lists.put(
                OptionNames.SNAPSHOT_INCLUDE_COLLECTION_LIST, config.selection().snapshotIncludeList());
        return lists;
    }

    /**
     * The tables whose rows have been sent, or need not be; empty if the offset does not say, as one of Debezium's or
     * of an unfinished snapshot.
     */
    private static Optional<Map<TableName, String>> sent(Optional<StoredOffset> stored) {
        return stored.filter(offset -> !offset.isOfUnfinishedSnapshot())
                .flatMap(offset -> SnapshotProgress.parse(offset.values().get(StoredOffset.CAPTURED_TABLES)))
                .map(known -> known.tables().entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey,
                                table -> TableIdentity.parse(table.getValue().identity())
                                        .table())));
    }

    private static @Nullable LogSequenceNumber position(Optional<Lsn> position) {
        return position.map(lsn -> LogSequenceNumber.valueOf(lsn.value())).orElse(null);
    }
}
