// SPDX-License-Identifier: Apache-2.0
package dev.tributary.plan;

import dev.tributary.capture.EventSchemas;
import dev.tributary.config.ConnectorConfig;
import dev.tributary.postgres.CatalogTable;
import dev.tributary.postgres.ConnectionTarget;
import dev.tributary.postgres.Identifier;
import dev.tributary.postgres.Publication;
import dev.tributary.postgres.Slot;
import dev.tributary.postgres.TableName;
import dev.tributary.postgres.TableSize;
import dev.tributary.preflight.Preparation;
import dev.tributary.preflight.Survey;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes a {@link Plan} of a configuration that was validated, and of what the preflight has seen. */
public final class Planning {

    private final ConnectorConfig config;
    private final ConnectionTarget target;
    private final Survey survey;
    private final Sizes sizes;
    private final Map<TableName, EventSchemas.OfTable> schemas;
    private final Optional<String> withoutSchemas;

    private Planning(
            ConnectorConfig config,
            ConnectionTarget target,
            Survey survey,
            Sizes sizes,
            Map<TableName, EventSchemas.OfTable> schemas,
            Optional<String> withoutSchemas) {
        this.config = config;
        this.target = target;
        this.survey = survey;
        this.sizes = sizes;
        this.schemas = schemas;
        this.withoutSchemas = withoutSchemas;
    }

    /**
     * The plan.
     *
     * @param probes whether to read from the largest table for two seconds
     * @throws SQLException if the database cannot be queried. A probe that fails does not fail the plan
     */
    public static Plan of(ConnectorConfig config, ConnectionTarget target, Survey survey, boolean probes)
            throws SQLException {
        Sizes sizes = Sizes.read(target, survey);
        try {
            return new Planning(config, target, survey, sizes, EventSchemas.read(config), Optional.empty())
                    .plan(probes);
        } catch (EventSchemas.UnknownException e) {
            return new Planning(config, target, survey, sizes, Map.of(), Optional.of(e.reason())).plan(probes);
        }
    }

    private Plan plan(boolean probes) {
        return new Plan(
                survey.tables().stream().map(this::table).toList(),
                Topics.of(config, survey.tables(), schemas),
                withoutSchemas,
                Topics.renaming(config.properties()),
                slot(),
                publication(),
                statements(true),
                snapshot(probes),
                QueueMemory.of(config.properties()));
    }

    private PlannedTable table(Survey.Captured table) {
        TableSize size = sizes.of(table.name());
        return new PlannedTable(
                table.name().toString(),
                optional(size.rows()),
                size.bytes(),
                table.partitions().stream().map(this::partition).toList(),
                config.snapshotReadsData() && table.read());
    }

    private PlannedTable.PlannedPartition partition(CatalogTable partition) {
        TableSize size = sizes.of(partition.name());
        return new PlannedTable.PlannedPartition(partition.name().toString(), optional(size.rows()), size.bytes());
    }

    private PlannedSlot slot() {
        Slot slot = survey.slot();
        PlannedSlot.State state = !config.streams()
                ? PlannedSlot.State.NOT_NEEDED
                : slot == null ? PlannedSlot.State.WILL_BE_CREATED : PlannedSlot.State.EXISTS;
        return new PlannedSlot(config.slotName(), state, optional(slot == null ? null : slot.retainedBytes()));
    }

    private PlannedPublication publication() {
        List<String> sql = statements(false);
        return new PlannedPublication(config.publicationName(), state(survey.publication(), !sql.isEmpty()), sql);
    }

    private PlannedPublication.State state(@Nullable Publication publication, boolean prepared) {
        if (!config.streams()) {
            return PlannedPublication.State.NOT_NEEDED;
        }
        if (publication == null) {
            return prepared ? PlannedPublication.State.WILL_BE_CREATED : PlannedPublication.State.MISSING;
        }
        return prepared ? PlannedPublication.State.WILL_BE_CHANGED : PlannedPublication.State.EXISTS;
    }

    /** Only statements that set a replica identity lock a table. */
    private List<String> statements(boolean locking) {
        return survey.report().preparations().stream()
                .filter(preparation -> (preparation.locked() != null) == locking)
                .map(Preparation::statements)
                .flatMap(List::stream)
                .toList();
    }

    private PlannedSnapshot snapshot(boolean probes) {
        int sessions = Integer.parseInt(
                config.properties().getOrDefault("snapshot.max.threads", "1").strip());
        if (!config.snapshotReadsData()) {
            return PlannedSnapshot.unknown(0, 0, sessions, "snapshot.mode reads no rows");
        }
        List<TableSize> read = survey.tables().stream()
                .filter(Survey.Captured::read)
                .map(table -> sizes.of(table.name()))
                .toList();
        long bytes = read.stream().mapToLong(TableSize::bytes).sum();
        TableSize largest =
                read.stream().max(Comparator.comparingLong(TableSize::bytes)).orElse(null);
        if (largest == null || bytes == 0) {
            return PlannedSnapshot.unknown(read.size(), bytes, sessions, "there are no rows");
        }
        TableSize probed = read.stream()
                .filter(this::isProbed)
                .max(Comparator.comparingLong(TableSize::bytes))
                .orElse(null);
        if (probed == null) {
            return PlannedSnapshot.unknown(
                    read.size(), bytes, sessions, "snapshot.select.statement.overrides reads each table");
        }
        if (!probes) {
            return PlannedSnapshot.unknown(read.size(), bytes, sessions, "--no-probe");
        }
        try {
            Probe probe = CopyProbe.of(target, probed.table(), select(probed.table()));
            if (probe.rows() == 0) {
                return PlannedSnapshot.unknown(read.size(), bytes, sessions, noRows(probed.table(), probe));
            }
            return PlannedSnapshot.estimated(
                    read.size(),
                    bytes,
                    SnapshotEstimate.of(
                            probe,
                            probed,
                            bytes,
                            sessions,
                            config.streams(),
                            survey.server().walBytesPerSecond(),
                            survey.server().maxSlotWalKeepSize()));
        } catch (SQLException e) {
            // The text of the server can contain values of rows.
            return PlannedSnapshot.unknown(
                    read.size(),
                    bytes,
                    sessions,
                    probed.table() + " could not be read (SQLSTATE " + e.getSQLState() + ")");
        }
    }

    /** The rows as a snapshot reads them: of the columns that are sent, and only those may be granted. */
    private String select(TableName table) {
        EventSchemas.OfTable known = schemas.get(table);
        String columns = known == null || known.columns().isEmpty()
                ? "*"
                : known.columns().stream().map(Identifier::quote).collect(Collectors.joining(", "));
        return "SELECT " + columns + " FROM " + table.quoted();
    }

    /** A SELECT of the user is not run here: as a text, it could be more than one statement. */
    private boolean isProbed(TableSize table) {
        return config.ownSelect(table.table().schema(), table.table().name()).isEmpty();
    }

    private static String noRows(TableName table, Probe probe) {
        return probe.whole()
                ? "the largest table, " + table + ", has no rows"
                : "no row of " + table + " arrived in time";
    }

    private static OptionalLong optional(@Nullable Long value) {
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }
}
