// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.mask;

import org.jspecify.annotations.Nullable;

/**
 * What happens to the columns that a glob matches, or to a part of the JSON documents in them. Written as
 * {@code *.customers.email=hash} or {@code *.customers.profile:/phone=redact}.
 *
 * @param text as written
 * @param columns matched against schema, table, column and the names of fields inside the column
 * @param document matched against the names in a document; null if the rule is about the whole value
 */
record Rule(String text, PathGlob columns, @Nullable PathGlob document, Action action) {

    private static final String INTO_A_DOCUMENT = ":/";

    /** @throws IllegalArgumentException if the entry is not a rule */
    static Rule parse(String entry) {
        try {
            int equals = entry.lastIndexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("has no action; write it as *.customers.email=hash");
            }
            String path = entry.substring(0, equals).strip();
            int document = path.indexOf(INTO_A_DOCUMENT);
            return new Rule(
                    entry,
                    columns(document < 0 ? path : path.substring(0, document)),
                    document < 0 ? null : PathGlob.parse(path.substring(document + INTO_A_DOCUMENT.length()), '/'),
                    Action.parse(entry.substring(equals + 1).strip()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + entry + "' " + e.getMessage(), e);
        }
    }

    private static PathGlob columns(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("does not name its columns; write it as *.customers.email=hash");
        }
        PathGlob columns = PathGlob.parse(text, '.');
        if (columns.size() < 3 && !columns.spansAnywhere()) {
            throw new IllegalArgumentException(
                    "does not name schema, table and column; write * for any of them: *.customers.email");
        }
        return columns;
    }
}
