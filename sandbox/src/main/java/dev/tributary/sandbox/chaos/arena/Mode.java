// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.arena;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What the workers promise. */
public enum Mode {
    AT_LEAST_ONCE,
    EXACTLY_ONCE;

    /** The mode of a name as in {@code --mode}. */
    public static Optional<Mode> named(String name) {
        return Arrays.stream(values()).filter(each -> each.title().equals(name)).findFirst();
    }

    public String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
