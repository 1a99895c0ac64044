// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import org.jspecify.annotations.Nullable;

/**
 * A problem or a note from a check. It contains names, settings and positions, never a password or a value of a row.
 *
 * @param severity how serious it is
 * @param option the option to change, e.g. {@code slot.name}
 * @param found what is wrong, a sentence without its full stop
 * @param consequence what that means for the data, a sentence without its full stop
 * @param fix how to fix it
 * @param awaited what can end it without a fix, as during a failover; a task then waits for that. Null if nothing can
 */
public record Finding(
        Severity severity,
        String option,
        String found,
        String consequence,
        Fix fix,
        @Nullable Awaited awaited) {

    Finding(Severity severity, String option, String found, String consequence, Fix fix) {
        this(severity, option, found, consequence, fix, null);
    }

    /** How serious a finding is. */
    public enum Severity {
        /** The connector cannot start, or would lose changes. */
        ERROR,
        /** The connector can start, but something is probably not as intended. */
        WARNING,
        /** For information. */
        INFO
    }

    /** What a task can wait for. If there are several reasons to wait, the first of these is the one to name. */
    public enum Awaited {
        /** Another server at the same address: the primary, or a standby that has received the slot. */
        SERVER,
        /** The end of whatever uses the slot. */
        SLOT,
        /** One of the server's replication slots, to create the connector's own. */
        FREE_SLOT,
        /** One of the server's walsenders. */
        FREE_WALSENDER
    }

    static Finding error(String option, String found, String consequence, Fix fix) {
        return new Finding(Severity.ERROR, option, found, consequence, fix);
    }

    static Finding warning(String option, String found, String consequence, Fix fix) {
        return new Finding(Severity.WARNING, option, found, consequence, fix);
    }

    static Finding info(String option, String found, String consequence, Fix fix) {
        return new Finding(Severity.INFO, option, found, consequence, fix);
    }

    /** The same finding, which something can end without a fix. */
    Finding until(Awaited ended) {
        return new Finding(severity, option, found, consequence, fix, ended);
    }

    /** The whole finding as text: what is wrong, what it means, and the fix. */
    public String message() {
        return found + ". " + consequence + ". Fix: " + fix.text();
    }
}
