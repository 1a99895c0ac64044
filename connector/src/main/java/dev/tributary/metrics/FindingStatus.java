// SPDX-License-Identifier: Apache-2.0
package dev.tributary.metrics;

import javax.management.ConstructorParameters;

/** A finding of a check. A class with getters, because JMX does not show records. */
public final class FindingStatus {

    private final String severity;
    private final String option;
    private final String found;
    private final String consequence;
    private final String fix;

    /**
     * @param severity {@code ERROR}, {@code WARNING} or {@code INFO}
     * @param option the option to change
     * @param found what is wrong
     * @param consequence what that means for the data
     * @param fix how to fix it, in one or more lines
     */
    @ConstructorParameters({"severity", "option", "found", "consequence", "fix"})
    public FindingStatus(String severity, String option, String found, String consequence, String fix) {
        this.severity = severity;
        this.option = option;
        this.found = found;
        this.consequence = consequence;
        this.fix = fix;
    }

    public String getSeverity() {
        return severity;
    }

    public String getOption() {
        return option;
    }

    public String getFound() {
        return found;
    }

    public String getConsequence() {
        return consequence;
    }

    public String getFix() {
        return fix;
    }
}
