// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

/**
 * Something a check found. Holds names, settings and positions; never a password, never a value of a row.
 *
 * @param severity how bad it is
 * @param option the connector option it hangs on, e.g. {@code slot.name}
 * @param found what was found, a sentence without its full stop
 * @param consequence what it leads to, a sentence without its full stop
 * @param fix what puts it right
 * @param temporary whether it can pass by itself, as a failover does, so that a task that has run before waits for it
 */
public record Finding(Severity severity, String option, String found, String consequence, Fix fix, boolean temporary) {

    Finding(Severity severity, String option, String found, String consequence, Fix fix) {
        this(severity, option, found, consequence, fix, false);
    }

    /** How bad a finding is. */
    public enum Severity {
        /** The connector cannot start, or would lose changes. */
        ERROR,
        /** It can start, and something is likely not as wished. */
        WARNING,
        /** Good to know. */
        INFO
    }

    static Finding error(String option, String found, String consequence, Fix fix) {
        return new Finding(Severity.ERROR, option, found, consequence, fix);
    }

    static Finding warning(String option, String found, String consequence, Fix fix) {
        return new Finding(Severity.WARNING, option, found, consequence, fix);
    }

    static Finding info(String option, String found, String consequence, Fix fix) {
        return new Finding(Severity.INFO, option, found, consequence, fix, false);
    }

    /** The same, known to be able to pass by itself. */
    Finding asTemporary() {
        return new Finding(severity, option, found, consequence, fix, true);
    }

    /** All of it for a person to read: what was found, what it leads to, and the fix. */
    public String message() {
        return found + ". " + consequence + ". Fix: " + fix.text();
    }
}
