// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.contest;

import java.util.List;

/**
 * Who takes part in a run.
 *
 * @param ids the ids of the contestants; empty for all of them
 */
public record Selection(List<String> ids) {

    public Selection {
        ids = List.copyOf(ids);
    }

    public boolean includes(String id) {
        return ids.isEmpty() || ids.contains(id);
    }
}
