// SPDX-License-Identifier: Apache-2.0
package dev.tributary.guard;

/** Takes the alerts of a guard. Each level reaches it once, as soon as it is ready. */
public interface Receiver {

    /** Whether it can take an alert now. What it has not taken it gets once it is ready, if it is still so. */
    boolean isReady();

    /** Takes an alert; must not block. */
    void alert(Alert alert);
}
