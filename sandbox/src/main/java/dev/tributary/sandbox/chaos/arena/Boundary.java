// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.arena;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where a transaction of Kafka ends, with exactly-once: {@code transaction.boundary}. */
public enum Boundary {
    /** At the end of a transaction of the database. */
    CONNECTOR,
    POLL,
    INTERVAL;

    /** The boundary of a name as in {@code --boundary}. */
    public static Optional<Boundary> named(String name) {
        return Arrays.stream(values()).filter(each -> each.title().equals(name)).findFirst();
    }

    public String title() {
        return name().toLowerCase(Locale.ROOT);
    }
}
