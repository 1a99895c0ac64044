// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.arena;

import java.util.Map;

/**
 * How records are delivered.
 *
 * @param mode what the workers promise
 * @param boundary where transactions end; without effect at least once
 */
public record Delivery(Mode mode, Boundary boundary) {

    /** The option of the connector that has the boundary. */
    public static final String OPTION = "transaction.boundary";

    public boolean isExactlyOnce() {
        return mode == Mode.EXACTLY_ONCE;
    }

    /** Whether a transaction of the database is never torn. */
    public boolean isWhole() {
        return isExactlyOnce() && boundary == Boundary.CONNECTOR;
    }

    public String title() {
        return mode.title() + (isExactlyOnce() ? ", boundary " + boundary.title() : "");
    }

    /** The options of the connector for it. */
    Map<String, String> options() {
        return isExactlyOnce()
                ? Map.of(
                        "exactly.once.support",
                        "required",
                        OPTION,
                        boundary.title(),
                        "transaction.boundary.interval.ms",
                        "300")
                : Map.of();
    }
}
