// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.event;

import org.jspecify.annotations.Nullable;

/** What happened to a row, as given by {@code op} in the envelope. */
public enum Operation {
    CREATE("c"),
    UPDATE("u"),
    DELETE("d"),
    /** A row read by a snapshot. */
    READ("r"),
    TRUNCATE("t"),
    /** A logical message, {@code pg_logical_emit_message}; it concerns no row. */
    MESSAGE("m");

    private final String code;

    Operation(String code) {
        this.code = code;
    }

    /** The value of {@code op}. */
    public String code() {
        return code;
    }

    /** Null if no operation has this code. */
    public static @Nullable Operation of(@Nullable Object code) {
        if (!(code instanceof String text) || text.length() != 1) {
            return null;
        }
        return switch (text.charAt(0)) {
            case 'c' -> CREATE;
            case 'u' -> UPDATE;
            case 'd' -> DELETE;
            case 'r' -> READ;
            case 't' -> TRUNCATE;
            case 'm' -> MESSAGE;
            default -> null;
        };
    }
}
