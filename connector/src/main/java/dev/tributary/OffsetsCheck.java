// SPDX-License-Identifier: Apache-2.0
package dev.tributary;

import dev.tributary.config.ConnectorConfig;
import dev.tributary.config.OptionNames;
import dev.tributary.position.StoredOffset;
import dev.tributary.preflight.Finding;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.errors.ConnectException;
import org.jspecify.annotations.Nullable;

/** Checks offsets that a user wants to store for a connector (KIP-875). */
final class OffsetsCheck {

    /** The options under which the preflight reports that a slot cannot send the changes after a position. */
    private static final Set<String> WAL_OPTIONS = Set.of(OptionNames.SLOT_NAME, OptionNames.DATABASE_HOSTNAME);

    private final ConnectorConfig config;

    OffsetsCheck(ConnectorConfig config) {
        this.config = config;
    }

    /** @throws ConnectException with every problem of the offsets */
    void check(Map<Map<String, ?>, @Nullable Map<String, ?>> offsets) {
        Map<String, String> own = StoredOffset.partition(config.topicPrefix());
        List<String> problems = new ArrayList<>();
        Map<String, String> list = TableList.partition(config.topicPrefix());
        offsets.forEach((partition, offset) -> {
            if (list.equals(partition)) {
                return;
            }
            if (!own.equals(partition)) {
                problems.add(
                        "partition " + partition + " does not belong to this connector; its only partition is " + own);
            } else if (offset != null) {
                StoredOffset stored = new StoredOffset(offset);
                problems.addAll(stored.problems());
                if (stored.problems().isEmpty()) {
                    problems.addAll(problemsOfSlot(stored));
                }
            }
        });
        if (!problems.isEmpty()) {
            throw new ConnectException("These offsets cannot be used: " + String.join("; ", problems));
        }
    }

    /** Why the slot cannot send the changes after an offset; empty when it can. */
    private List<String> problemsOfSlot(StoredOffset offset) {
        DatabaseCheck database = DatabaseCheck.ofOffset(config, offset);
        try {
            return database.report().errors().stream()
                    .filter(finding -> WAL_OPTIONS.contains(finding.option()))
                    .map(Finding::message)
                    .toList();
        } catch (SQLException e) {
            return List.of(database.explain(e).message());
        }
    }
}
