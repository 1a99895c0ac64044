// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.outbox;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the columns of an outbox table are for.
 *
 * @param id tells a message from another
 * @param key the key of the message
 * @param route names the topic
 * @param payload the value of the message
 * @param time when the message came into being; null if that is when the row did
 * @param version of the envelope's schema; null for none
 * @param additional what else goes along
 * @param additionalOption what says so
 * @param missing what becomes of a row that lacks one of these
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
        return additional.stream().anyMatch(column -> column.place() == AdditionalColumn.Placement.ENVELOPE);
    }
}
