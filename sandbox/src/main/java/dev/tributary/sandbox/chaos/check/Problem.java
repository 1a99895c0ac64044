// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.check;

import org.jspecify.annotations.Nullable;

/**
 * Something that must not happen.
 *
 * @param kind what it is
 * @param relation the table; empty if it is not about one
 * @param key the key; null if it is not about one
 * @param text what was found, with the history of the key on both sides; several lines
 */
public record Problem(Kind kind, String relation, @Nullable String key, String text) {

    /** The kinds of problems, most severe first. */
    public enum Kind {
        LOST("lost"),
        OUT_OF_ORDER("out of order"),
        NOT_COMMITTED("not committed"),
        REPEATED("repeated"),
        WRONG_CONTENT("wrong content"),
        WRONG_STATE("wrong state"),
        FALSE_REPORT("false report"),
        SILENT("silent"),
        TORN("torn");

        private final String title;

        Kind(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }
    }

    @Override
    public String toString() {
        return kind.title() + ": " + text;
    }
}
