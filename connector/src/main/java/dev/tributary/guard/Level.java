// SPDX-License-Identifier: Apache-2.0
package dev.tributary.guard;

/** How near a slot is to being lost; the later, the nearer. */
public enum Level {
    OK,
    WARNING,
    CRITICAL,
    /** It is lost. */
    LOST
}
