// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

/**
 * A problem or a note from a check. It contains names, settings and positions, never a password or a value of a row.
 *
 * @param severity how serious it is
 * @param option the option to change, e.g. {@code slot.name}
 * @param found what is wrong, a sentence without its full stop
 * @param consequence what that means for the data, a sentence without its full stop
 * @param fix how to fix it
 * @param temporary whether it can end without a fix, as during a failover; a task that ran before then waits
 */
public record Finding(Severity severity, String option, String found, String consequence, Fix fix, boolean temporary) {

    Finding(Severity severity, String option, String found, String consequence, Fix fix) {
        this(severity, option, found, consequence, fix, false);
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

    static Finding error(String option, String found, String consequence, Fix fix) {
        return new Finding(Severity.ERROR, option, found, consequence, fix);
    }

    static Finding warning(String option, String found, String consequence, Fix fix) {
        return new Finding(Severity.WARNING, option, found, consequence, fix);
    }

    static Finding info(String option, String found, String consequence, Fix fix) {
        return new Finding(Severity.INFO, option, found, consequence, fix, false);
    }

    /** The same finding, marked as temporary. */
    Finding asTemporary() {
        return new Finding(severity, option, found, consequence, fix, true);
    }

    /** The whole finding as text: what is wrong, what it means, and the fix. */
    public String message() {
        return found + ". " + consequence + ". Fix: " + fix.text();
    }
}
