// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import dev.tributary.postgres.CatalogTable;
import dev.tributary.postgres.Publication;
import dev.tributary.postgres.Server;
import dev.tributary.postgres.Slot;
import dev.tributary.postgres.TableName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of all checks, and the part of the database that a start concerns.
 *
 * @param report the result of the checks
 * @param server the server
 * @param slot the slot of the connector; null when it does not exist
 * @param publication the publication of the connector; null when it does not exist
 * @param tables the tables that will be captured, ordered by name
 */
public record Survey(
        Report report,
        Server server,
        @Nullable Slot slot,
        @Nullable Publication publication,
        List<Captured> tables) {

    /**
     * A table that will be captured.
     *
     * @param table what the catalog says of it
     * @param partitions for a partitioned table, the tables that hold its rows
     * @param topic the topic of its events, unless a transform changes it
     * @param read whether a snapshot reads its rows
     */
    public record Captured(CatalogTable table, List<CatalogTable> partitions, String topic, boolean read) {

        public Captured {
            partitions = List.copyOf(partitions);
        }

        /** Its name. */
        public TableName name() {
            return table.name();
        }
    }

    public Survey {
        tables = List.copyOf(tables);
    }

    static Survey of(PreflightRequest request, Facts facts, Report report) {
        return new Survey(
                report,
                facts.server(),
                facts.slot(),
                facts.publication(),
                facts.publishable()
                        .filter(table -> !report.leftOut().contains(table.name()))
                        .map(table -> new Captured(
                                table,
                                table.kind() == CatalogTable.Kind.PARTITIONED_TABLE ? facts.leaves(table) : List.of(),
                                TopicName.of(table.name(), request.topics()).actual(),
                                request.snapshot().included().test(table.name())))
                        .toList());
    }
}
