// SPDX-License-Identifier: Apache-2.0
package dev.tributary.plan;

import java.util.List;

/**
 * The publication.
 *
 * @param name {@code publication.name}
 * @param state whether it exists
 * @param sql the statements that the connector runs to create it or to add tables
 */
public record PlannedPublication(String name, State state, List<String> sql) {

    /** Whether a publication exists. */
    public enum State {
        EXISTS,
        /** It exists, and tables are added. */
        WILL_BE_CHANGED,
        WILL_BE_CREATED,
        /** It does not exist, and the connector does not create it. */
        MISSING,
        /** The connector ends after its snapshot. */
        NOT_NEEDED
    }

    public PlannedPublication {
        sql = List.copyOf(sql);
    }
}
