// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.check;

import dev.tributary.sandbox.chaos.load.Change;
import java.util.List;
import java.util.Map;

/**
 * What was committed on the final timeline.
 *
 * @param changes all changes, in any order
 * @param rows the rows of the tables at the end, as relation → key → tag; for a table without a key as relation → tag →
 *     tag
 */
public record Committed(List<Change> changes, Map<String, Map<String, String>> rows) {

    Map<String, String> rows(String relation) {
        return rows.getOrDefault(relation, Map.of());
    }
}
