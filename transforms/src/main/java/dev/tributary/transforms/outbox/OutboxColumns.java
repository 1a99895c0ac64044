// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.outbox;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the columns of an outbox table are used for.
 *
 * @param id identifies the message
 * @param key the key of the message
 * @param route determines the topic
 * @param payload the value of the message
 * @param time the timestamp of the message; null to use that of the record
 * @param version the version of the envelope's schema; null for none
 * @param additional the columns that are sent along
 * @param additionalOption the option that names these
 * @param missing what happens to a row that does not have one of these
 */
public record OutboxColumns(
        ColumnOption id,
        ColumnOption key,
        ColumnOption route,
        ColumnOption payload,
        @Nullable ColumnOption time,
        @Nullable ColumnOption version,
        List<AdditionalColumn> additional,
        String additionalOption,
        MissingColumn missing) {

    boolean hasEnvelope() {
        return additional.stream().anyMatch(column -> column.placement() == AdditionalColumn.Placement.ENVELOPE);
    }
}
