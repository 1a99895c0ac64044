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
public record WantedColumns(
        Wanted id,
        Wanted key,
        Wanted route,
        Wanted payload,
        @Nullable Wanted time,
        @Nullable Wanted version,
        List<AdditionalColumn> additional,
        String additionalOption,
        Missing missing) {

    boolean haveEnvelope() {
        return additional.stream().anyMatch(column -> column.place() == AdditionalColumn.Place.ENVELOPE);
    }
}
