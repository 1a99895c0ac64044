// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import dev.tributary.config.ApplicationName;
import dev.tributary.config.ChosenIdentity;
import dev.tributary.config.ColumnList;
import dev.tributary.config.SlotOptions;
import dev.tributary.config.UncutTypes;
import dev.tributary.config.UnidentifiedTables;
import dev.tributary.postgres.CatalogColumn;
import dev.tributary.postgres.ConnectionTarget;
import dev.tributary.postgres.TableName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.postgresql.replication.LogSequenceNumber;

/**
 * How a connector will use the database, as far as it can be checked.
 *
 * @param target where the database is
 * @param slot the slot it reads
 * @param publication the publication it reads
 * @param tables the tables it captures
 * @param topics how it names topics
 * @param backlog what it has not read yet
 * @param snapshot what it reads at the start
 * @param connector which connector asks, and when
 * @param slotOptions how the slot is made and decoded
 * @param readOnly {@code read.only}: ad hoc snapshots write nothing to the database, as on a standby
 */
public record PreflightRequest(
        ConnectionTarget target,
        SlotUse slot,
        PublicationUse publication,
        TableSelection tables,
        TopicNaming topics,
        Backlog backlog,
        SnapshotUse snapshot,
        ConnectorUse connector,
        SlotOptions slotOptions,
        boolean readOnly) {

    /**
     * Whether the task that asks is known to resume, so that the configuration once fitted the database. Over REST that
     * is not known, and the configuration can be another one: see {@link Past}.
     */
    boolean resumes() {
        return connector.running() || (connector.starting() && slot.storedPosition() != null);
    }

    /**
     * @param application the name of its replication connection, by which its own task is recognized
     * @param moment when it asks
     * @param runsHere whether a task of this connector is known to be running in this JVM
     * @param lists the options of that task that list tables, schemas or columns, with their elements
     * @param waits {@code tables.missing=wait}: whether it waits for tables that do not exist
     * @param rival another connector whose task runs in this JVM with the same topic prefix; null if there is none
     */
    public record ConnectorUse(
            ApplicationName application,
            Moment moment,
            boolean runsHere,
            Map<String, List<String>> lists,
            boolean waits,
            @Nullable String rival) {

        public ConnectorUse {
            lists = Map.copyOf(lists);
        }

        /**
         * Whether, for a new configuration, the task that is running has the element in its list, so that it is nothing
         * new. To a task that starts, its own configuration says nothing.
         */
        boolean keeps(String option, NamePattern element) {
            return validating()
                    && lists.getOrDefault(option, List.of()).stream()
                            .map(NamePattern::new)
                            .anyMatch(element::equals);
        }

        boolean validating() {
            return moment == Moment.VALIDATION;
        }

        boolean starting() {
            return moment == Moment.START;
        }

        boolean running() {
            return moment == Moment.RUNNING;
        }
    }

    /** When a connector asks. */
    public enum Moment {
        /** A configuration is validated; a task may be running with the configuration of before. */
        VALIDATION,
        /** Its task is about to start, so that nothing should be using its slot. */
        START,
        /** Its task is running, and looks for tables that have appeared. */
        RUNNING
    }

    /**
     * @param name {@code slot.name}
     * @param storedPosition position from which the stored offset resumes; null when there is none, or when it is not
     *     known, as during validation. Every transaction whose commit record ends at or before it was delivered
     * @param snapshotPosition position of the first snapshot, if the stored offset says that it is unfinished; there is
     *     no stored position then
     * @param trust what a slot past the position means
     */
    public record SlotUse(
            String name,
            @Nullable LogSequenceNumber storedPosition,
            @Nullable LogSequenceNumber snapshotPosition,
            SlotTrust trust) {

        SlotUse(String name, @Nullable LogSequenceNumber storedPosition, SlotTrust trust) {
            this(name, storedPosition, null, trust);
        }
    }

    /** When a slot past the stored position is no sign of lost changes. */
    public enum SlotTrust {
        /** Never. */
        NEVER,
        /**
         * If it carries the {@link dev.tributary.position.SlotMark} of this connector, or one that does not say whose
         * it is.
         */
        MARKED,
        /** Always. */
        ALWAYS
    }

    /**
     * @param name {@code publication.name}
     * @param mode {@code publication.autocreate.mode}
     * @param viaRoot {@code publish.via.partition.root}, for a publication that the connector creates
     * @param withoutIdentity {@code publication.tables.without.identity}
     * @param skipped the operations that the connector does not send, by their letters: {@code skipped.operations}
     * @param chosenIdentities the replica identities that {@code replica.identity.autoset.values} chooses for a table
     */
    public record PublicationUse(
            String name,
            PublicationMode mode,
            boolean viaRoot,
            UnidentifiedTables withoutIdentity,
            Set<String> skipped,
            Function<TableName, List<ChosenIdentity>> chosenIdentities) {}

    /** The values of {@code publication.autocreate.mode}. */
    public enum PublicationMode {
        /** A missing publication is created {@code FOR ALL TABLES}. */
        ALL_TABLES,
        /** The publication must exist. */
        DISABLED,
        /** The publication is created for the captured tables, and new ones are added. */
        FILTERED,
        /** A missing publication is created empty; someone else adds the tables. */
        NO_TABLES
    }

    /**
     * @param captured all filters of the connector, taken together
     * @param tablePatterns the regular expressions of {@code table.include.list}; empty when everything is included
     * @param schemaPatterns those of {@code schema.include.list}
     * @param keyColumns the key that {@code message.key.columns} chooses for a table; empty when it chooses none
     * @param needsOldRow whether an option needs every column of the old row, and so {@code REPLICA IDENTITY FULL}
     * @param columnsFiltered whether a column filter is set, so that the role does not have to read every column
     * @param columns what the options do to columns
     * @param excludePatterns the regular expressions of {@code table.exclude.list}; empty when nothing is excluded
     */
    public record TableSelection(
            Predicate<TableName> captured,
            List<String> tablePatterns,
            List<String> schemaPatterns,
            Function<TableName, List<String>> keyColumns,
            boolean needsOldRow,
            boolean columnsFiltered,
            ColumnSelection columns,
            List<String> excludePatterns) {

        TableSelection(
                Predicate<TableName> captured,
                List<String> tablePatterns,
                List<String> schemaPatterns,
                Function<TableName, List<String>> keyColumns,
                boolean needsOldRow,
                boolean columnsFiltered) {
            this(
                    captured,
                    tablePatterns,
                    schemaPatterns,
                    keyColumns,
                    needsOldRow,
                    columnsFiltered,
                    new ColumnSelection(column -> true, List.of()),
                    List.of());
        }

        public TableSelection {
            tablePatterns = List.copyOf(tablePatterns);
            schemaPatterns = List.copyOf(schemaPatterns);
            excludePatterns = List.copyOf(excludePatterns);
        }
    }

    /**
     * @param captured whether the filters of columns include a column of a captured table
     * @param lists the options that list columns
     * @param uncut the types whose values a truncation leaves as they are
     */
    public record ColumnSelection(Predicate<CatalogColumn> captured, List<ColumnList> lists, UncutTypes uncut) {

        ColumnSelection(Predicate<CatalogColumn> captured, List<ColumnList> lists) {
            this(captured, lists, new UncutTypes(Set.of()));
        }

        public ColumnSelection {
            lists = List.copyOf(lists);
        }
    }

    /**
     * @param prefix {@code topic.prefix}
     * @param delimiter {@code topic.delimiter}
     * @param writesAvro whether the names are in schemas of Avro, and are not adjusted for that
     */
    public record TopicNaming(String prefix, String delimiter, boolean writesAvro) {}

    /**
     * What may be old by the time it is sent.
     *
     * @param lastCommit when the last change that was sent was committed, if records have the time of their commit;
     *     otherwise null
     * @param retention the shortest time after which a topic deletes records, as far as the connector's configuration
     *     says; a topic that it does not create may have another
     */
    public record Backlog(@Nullable Instant lastCommit, Duration retention) {

        /** Nothing is old. */
        static final Backlog NONE = new Backlog(null, Duration.ZERO);
    }

    /**
     * @param readsData whether the connector can read existing rows, so that the role needs {@code SELECT}
     * @param repeats whether the connector takes a new snapshot automatically when changes were lost: snapshot mode
     *     {@code when_needed} or {@code always}
     * @param always whether the connector takes a snapshot at each start: snapshot mode {@code always}
     * @param initialOnly whether the connector ends after the snapshot and does not stream: snapshot mode
     *     {@code initial_only}
     * @param ownSelect the tables that a SELECT of the user reads
     * @param included the tables whose rows it reads, if any: no signal table, and only those of
     *     {@code snapshot.include.collection.list}
     * @param includeList the expressions of {@code snapshot.include.collection.list}; empty when it is not set
     * @param backfill which tables it reads while it streams
     */
    public record SnapshotUse(
            boolean readsData,
            boolean repeats,
            boolean always,
            boolean initialOnly,
            Predicate<TableName> ownSelect,
            Predicate<TableName> included,
            List<String> includeList,
            Backfill backfill) {

        public SnapshotUse {
            includeList = List.copyOf(includeList);
        }
    }

    /**
     * @param isOn whether rows of tables that are new are read while the connector streams
     * @param sent the tables whose rows have been sent or need not be, with what identifies them; null if that is not
     *     known, as during validation
     * @param running the tables that the filters of the connector's task include, which runs in this JVM; null if none
     *     does
     */
    public record Backfill(
            boolean isOn,
            @Nullable Map<TableName, String> sent,
            @Nullable Predicate<TableName> running) {

        /** No table is read later. */
        static final Backfill OFF = new Backfill(false, null, null);

        public Backfill {
            sent = sent == null ? null : Map.copyOf(sent);
        }
    }
}
