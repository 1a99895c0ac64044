// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import dev.tributary.postgres.ConnectionTarget;
import dev.tributary.postgres.TableName;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.postgresql.replication.LogSequenceNumber;

/**
 * What a connector means to do, as far as a database can be checked against it.
 *
 * @param target where the database is
 * @param slot the slot it reads
 * @param publication the publication it reads
 * @param tables the tables it captures
 * @param topics how it names topics
 * @param snapshot what it reads at the start
 * @param readOnly {@code read.only}: it writes nothing to the database, so nothing there can be made by it
 */
public record PreflightRequest(
        ConnectionTarget target,
        SlotUse slot,
        PublicationUse publication,
        TableSelection tables,
        TopicNaming topics,
        SnapshotUse snapshot,
        boolean readOnly) {

    /**
     * @param name {@code slot.name}
     * @param creates whether the connector makes the slot when it is missing
     * @param running whether this connector is known to run now, so that an active slot is its own; false when unknown
     * @param storedPosition position that the stored offset goes on from; null when there is none, or when it is not known
     *     as during validation. Every transaction whose commit record ends at or below it was delivered
     * @param acknowledgesIdle whether the connector acknowledges positions past the stored one while nothing is in flight,
     *     so that a slot ahead of it is no sign of loss
     */
    public record SlotUse(
            String name,
            boolean creates,
            boolean running,
            @Nullable LogSequenceNumber storedPosition,
            boolean acknowledgesIdle) {}

    /**
     * @param name {@code publication.name}
     * @param mode {@code publication.autocreate.mode}
     * @param viaRoot {@code publish.via.partition.root}, for a publication that the connector makes
     */
    public record PublicationUse(String name, PublicationMode mode, boolean viaRoot) {}

    /** The values of {@code publication.autocreate.mode}. */
    public enum PublicationMode {
        /** A missing publication is made {@code FOR ALL TABLES}. */
        ALL_TABLES,
        /** The publication must be there. */
        DISABLED,
        /** It is made for the captured tables, and kept in step with them. */
        FILTERED,
        /** A missing publication is made empty; someone else adds the tables. */
        NO_TABLES
    }

    /**
     * @param captured all filters of the connector taken together
     * @param tablePatterns the regular expressions of {@code table.include.list}, one each; empty when everything is
     *     included
     * @param schemaPatterns those of {@code schema.include.list}
     * @param keyed the tables that {@code message.key.columns} gives a key
     * @param needsOldRow whether an option needs every column of the old row, so {@code REPLICA IDENTITY FULL}
     * @param columnsFiltered whether a column filter is set, so that the role need not be able to read every column
     */
    public record TableSelection(
            Predicate<TableName> captured,
            List<String> tablePatterns,
            List<String> schemaPatterns,
            Predicate<TableName> keyed,
            boolean needsOldRow,
            boolean columnsFiltered) {

        public TableSelection {
            tablePatterns = List.copyOf(tablePatterns);
            schemaPatterns = List.copyOf(schemaPatterns);
        }
    }

    /**
     * @param prefix {@code topic.prefix}
     * @param delimiter {@code topic.delimiter}
     */
    public record TopicNaming(String prefix, String delimiter) {}

    /**
     * @param readsData whether it can read rows, so that the role must hold {@code SELECT}
     * @param repeats whether the connector takes a new snapshot by itself where changes were lost: snapshot mode
     *     {@code when_needed} or {@code always}
     * @param initialOnly whether the connector ends after the snapshot and reads no WAL: snapshot mode {@code initial_only}
     */
    public record SnapshotUse(boolean readsData, boolean repeats, boolean initialOnly) {}
}
