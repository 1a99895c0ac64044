// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import dev.tributary.config.ApplicationName;
import dev.tributary.config.ChosenIdentity;
import dev.tributary.config.SlotOptions;
import dev.tributary.config.UnidentifiedTables;
import dev.tributary.postgres.ConnectionTarget;
import dev.tributary.postgres.TableName;
import dev.tributary.preflight.PreflightRequest.Backfill;
import dev.tributary.preflight.PreflightRequest.Backlog;
import dev.tributary.preflight.PreflightRequest.ConnectorUse;
import dev.tributary.preflight.PreflightRequest.Moment;
import dev.tributary.preflight.PreflightRequest.PublicationMode;
import dev.tributary.preflight.PreflightRequest.PublicationUse;
import dev.tributary.preflight.PreflightRequest.SlotTrust;
import dev.tributary.preflight.PreflightRequest.SlotUse;
import dev.tributary.preflight.PreflightRequest.SnapshotUse;
import dev.tributary.preflight.PreflightRequest.TableSelection;
import dev.tributary.preflight.PreflightRequest.TopicNaming;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.replication.LogSequenceNumber;

/** Requests for tests: the connector's defaults, with methods that change one property each. */
final class Requests {

    private final ConnectionTarget target;
    private SlotUse slot;
    private PublicationUse publication = new PublicationUse(
            "pub", PublicationMode.FILTERED, false, UnidentifiedTables.REFUSE, Set.of("t"), table -> List.of());
    private TableSelection tables =
            new TableSelection(table -> true, List.of(), List.of(), table -> List.of(), false, false);
    private TopicNaming topics = new TopicNaming("shop", ".", false);
    private Backlog backlog = Backlog.NONE;
    private SnapshotUse snapshot =
            new SnapshotUse(true, false, false, false, table -> false, table -> true, List.of(), Backfill.OFF);
    private ConnectorUse connector =
            new ConnectorUse(new ApplicationName("shop", "shop"), Moment.VALIDATION, false, Map.of(), false, null);
    private SlotOptions slotOptions = new SlotOptions(false, null);
    private boolean readOnly;

    private Requests(ConnectionTarget target) {
        this.target = target;
        this.slot = new SlotUse("slot_" + target.database(), null, SlotTrust.MARKED);
    }

    /** Captures everything, with a filtered publication {@code pub} and a slot named {@code slot_<database>}. */
    static Requests on(ConnectionTarget target) {
        return new Requests(target);
    }

    List<Finding> run() {
        return Preflight.run(request());
    }

    PreflightRequest request() {
        return new PreflightRequest(
                target, slot, publication, tables, topics, backlog, snapshot, connector, slotOptions, readOnly);
    }

    private Requests changed(UnaryOperator<Requests> change) {
        var copy = new Requests(target);
        copy.slot = slot;
        copy.publication = publication;
        copy.tables = tables;
        copy.topics = topics;
        copy.backlog = backlog;
        copy.snapshot = snapshot;
        copy.connector = connector;
        copy.slotOptions = slotOptions;
        copy.readOnly = readOnly;
        return change.apply(copy);
    }

    Requests with(SlotOptions options) {
        return changed(copy -> {
            copy.slotOptions = options;
            return copy;
        });
    }

    Requests onlySnapshot() {
        return with(new SnapshotUse(true, false, false, true, table -> false, table -> true, List.of(), Backfill.OFF));
    }

    Requests capturing(String... patterns) {
        Predicate<TableName> captured = table -> List.of(patterns).stream()
                .anyMatch(pattern -> Pattern.compile(pattern, Pattern.CASE_INSENSITIVE)
                        .matcher(table.toString())
                        .matches());
        return with(new TableSelection(captured, List.of(patterns), List.of(), tables.keyColumns(), false, false));
    }

    Requests needingOldRow() {
        return with(new TableSelection(
                tables.captured(), tables.tablePatterns(), tables.schemaPatterns(), tables.keyColumns(), true, false));
    }

    Requests slot(String name) {
        return with(new SlotUse(name, null, SlotTrust.MARKED));
    }

    Requests stored(String position) {
        return with(new SlotUse(slot.name(), LogSequenceNumber.valueOf(position), slot.trust()));
    }

    Requests publication(PublicationMode mode) {
        return changed(copy -> {
            copy.publication = new PublicationUse(
                    "pub", mode, false, publication.withoutIdentity(), Set.of("t"), publication.chosenIdentities());
            return copy;
        });
    }

    Requests withoutIdentity(UnidentifiedTables policy) {
        return changed(copy -> {
            copy.publication = new PublicationUse(
                    "pub",
                    publication.mode(),
                    publication.viaRoot(),
                    policy,
                    Set.of("t"),
                    publication.chosenIdentities());
            return copy;
        });
    }

    Requests skipping(String... operations) {
        return changed(copy -> {
            copy.publication = new PublicationUse(
                    "pub",
                    publication.mode(),
                    publication.viaRoot(),
                    publication.withoutIdentity(),
                    Set.of(operations),
                    publication.chosenIdentities());
            return copy;
        });
    }

    /** With identities that the option chooses for all tables. */
    Requests choosing(ChosenIdentity... identities) {
        return choosing(table -> List.of(identities));
    }

    /** With identities that the option chooses for each table. */
    Requests choosing(Function<TableName, List<ChosenIdentity>> identities) {
        return changed(copy -> {
            copy.publication = new PublicationUse(
                    "pub",
                    publication.mode(),
                    publication.viaRoot(),
                    publication.withoutIdentity(),
                    publication.skipped(),
                    identities);
            return copy;
        });
    }

    /** The statements that the connector itself would run. */
    List<String> preparations() throws SQLException {
        return Preflight.examine(request()).preparations().stream()
                .flatMap(preparation -> preparation.statements().stream())
                .toList();
    }

    Requests snapshot(boolean readsData, boolean repeats) {
        return with(new SnapshotUse(
                readsData, repeats, false, false, table -> false, table -> true, List.of(), Backfill.OFF));
    }

    /** Reads rows of new tables while it streams. */
    Requests backfilling(@Nullable Map<TableName, String> sent) {
        return with(new SnapshotUse(
                snapshot.readsData(),
                snapshot.repeats(),
                snapshot.always(),
                snapshot.initialOnly(),
                snapshot.ownSelect(),
                snapshot.included(),
                snapshot.includeList(),
                new Backfill(true, sent, null)));
    }

    /** Reads rows of these tables only. */
    Requests reading(Predicate<TableName> included) {
        return with(new SnapshotUse(
                snapshot.readsData(),
                snapshot.repeats(),
                snapshot.always(),
                snapshot.initialOnly(),
                snapshot.ownSelect(),
                included,
                snapshot.includeList(),
                snapshot.backfill()));
    }

    /** {@code snapshot.include.collection.list}. */
    Requests readingOnly(String... expressions) {
        return with(new SnapshotUse(
                snapshot.readsData(),
                snapshot.repeats(),
                snapshot.always(),
                snapshot.initialOnly(),
                snapshot.ownSelect(),
                snapshot.included(),
                List.of(expressions),
                snapshot.backfill()));
    }

    Requests withOwnSelects() {
        return with(new SnapshotUse(true, false, false, false, table -> true, table -> true, List.of(), Backfill.OFF));
    }

    Requests topicPrefix(String prefix) {
        return changed(copy -> {
            copy.topics = new TopicNaming(prefix, ".", false);
            return copy;
        });
    }

    /** With a converter that writes Avro, and names that are not adjusted. */
    Requests writingAvro(String prefix) {
        return changed(copy -> {
            copy.topics = new TopicNaming(prefix, ".", true);
            return copy;
        });
    }

    Requests readOnly() {
        return changed(copy -> {
            copy.readOnly = true;
            return copy;
        });
    }

    /** The check before the task starts. */
    Requests starting() {
        return at(Moment.START);
    }

    /** A look of the task that is running. */
    Requests running() {
        return at(Moment.RUNNING);
    }

    private Requests at(Moment moment) {
        return with(new ConnectorUse(
                connector.application(),
                moment,
                connector.runsHere(),
                connector.lists(),
                connector.waits(),
                connector.rival()));
    }

    /** The connector's task runs in this JVM, with such a list. */
    Requests running(String option, String... elements) {
        return with(new ConnectorUse(
                connector.application(),
                connector.moment(),
                true,
                Map.of(option, List.of(elements)),
                connector.waits(),
                connector.rival()));
    }

    /** The connector waits for tables that do not exist. */
    Requests waiting() {
        return with(new ConnectorUse(
                connector.application(),
                connector.moment(),
                connector.runsHere(),
                connector.lists(),
                true,
                connector.rival()));
    }

    Requests with(ConnectorUse changed) {
        return changed(copy -> {
            copy.connector = changed;
            return copy;
        });
    }

    Requests with(Backlog changed) {
        return changed(copy -> {
            copy.backlog = changed;
            return copy;
        });
    }

    Requests with(SlotUse changed) {
        return changed(copy -> {
            copy.slot = changed;
            return copy;
        });
    }

    Requests with(TableSelection changed) {
        return changed(copy -> {
            copy.tables = changed;
            return copy;
        });
    }

    Requests with(SnapshotUse changed) {
        return changed(copy -> {
            copy.snapshot = changed;
            return copy;
        });
    }
}
