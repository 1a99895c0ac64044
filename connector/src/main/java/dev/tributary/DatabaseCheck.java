// SPDX-License-Identifier: Apache-2.0
package dev.tributary;

import dev.tributary.config.ConnectorConfig;
import dev.tributary.position.Lsn;
import dev.tributary.postgres.ConnectionTarget;
import dev.tributary.preflight.Finding;
import dev.tributary.preflight.Preflight;
import dev.tributary.preflight.PreflightRequest;
import dev.tributary.preflight.PreflightRequest.PublicationMode;
import dev.tributary.preflight.PreflightRequest.PublicationUse;
import dev.tributary.preflight.PreflightRequest.SlotUse;
import dev.tributary.preflight.PreflightRequest.SnapshotUse;
import dev.tributary.preflight.PreflightRequest.TableSelection;
import dev.tributary.preflight.PreflightRequest.TopicNaming;
import dev.tributary.preflight.Report;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.postgresql.replication.LogSequenceNumber;

/** Runs the preflight checks against the database of a configuration. */
final class DatabaseCheck {

    private final PreflightRequest request;

    /**
     * @param config a configuration that was validated
     * @param position the position that the connector resumes from; empty when it has none or it is not known
     */
    DatabaseCheck(ConnectorConfig config, Optional<Lsn> position) {
        this.request = request(config, position);
    }

    /** Every finding; a database that cannot be reached is one as well. */
    List<Finding> findings() {
        return Preflight.run(request);
    }

    /** @throws SQLException if the database cannot be queried; {@link #explain} turns it into a finding */
    Report report() throws SQLException {
        return Preflight.examine(request);
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

    private static PreflightRequest request(ConnectorConfig config, Optional<Lsn> position) {
        return new PreflightRequest(
                target(config),
                new SlotUse(
                        config.slotName(),
                        !config.readOnly(),
                        false,
                        position.map(lsn -> LogSequenceNumber.valueOf(lsn.value()))
                                .orElse(null),
                        config.slotMayRunAhead()),
                new PublicationUse(
                        config.publicationName(),
                        PublicationMode.valueOf(
                                config.publicationAutocreateMode().toUpperCase(Locale.ROOT)),
                        config.publishViaPartitionRoot()),
                new TableSelection(
                        table -> config.captures(table.schema(), table.name()),
                        config.tableIncludeList(),
                        config.schemaIncludeList(),
                        table -> config.givesKeyTo(table.toString()),
                        config.skipsUnchanged(),
                        config.filtersColumns()),
                new TopicNaming(config.topicPrefix(), config.topicDelimiter()),
                new SnapshotUse(config.snapshotReadsData(), config.snapshotRepeats(), !config.streams()),
                config.readOnly());
    }
}
