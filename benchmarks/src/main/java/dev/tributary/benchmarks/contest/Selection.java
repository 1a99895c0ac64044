// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.contest;

import java.util.List;

/**
 * The contestants that take part in a run.
 *
 * @param ids their ids; empty for all contestants
 */
public record Selection(List<String> ids) {

    /** All contestants. */
    public static final Selection ALL = new Selection(List.of());

    public Selection {
        ids = List.copyOf(ids);
    }

    public boolean includes(String id) {
        return ids.isEmpty() || ids.contains(id);
    }
}
