// SPDX-License-Identifier: Apache-2.0
package dev.tributary.metrics;

import javax.management.ConstructorParameters;

/** An option of a connector. A class with getters, because JMX does not show records. */
public final class OptionStatus {

    private final String name;
    private final String value;
    private final String standard;
    private final boolean changed;

    /**
     * @param name its name
     * @param value its value; asterisks if it is, or can be, a secret
     * @param standard its default; empty if it has none
     * @param changed whether it differs from its default
     */
    @ConstructorParameters({"name", "value", "default", "changed"})
    public OptionStatus(String name, String value, String standard, boolean changed) {
        this.name = name;
        this.value = value;
        this.standard = standard;
        this.changed = changed;
    }

    public String getName() {
        return name;
    }

    public String getValue() {
        return value;
    }

    public String getDefault() {
        return standard;
    }

    public boolean isChanged() {
        return changed;
    }
}
