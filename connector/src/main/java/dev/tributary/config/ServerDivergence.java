// SPDX-License-Identifier: Apache-2.0
package dev.tributary.config;

/** What happens if the server does not have everything that was read so far: {@code server.divergence}. */
public enum ServerDivergence {
    /** The task fails, and reports what the topics have that the server does not have. */
    FAIL,
    /** The task logs the same, and continues from where the server's history left the one that was read. */
    CONTINUE
}
