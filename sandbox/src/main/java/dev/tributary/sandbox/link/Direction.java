// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.link;

/** One of the two ways through a {@link Link}. */
public enum Direction {
    /** From the client, which connects, to the server. */
    TO_SERVER,
    /** From the server to the client. */
    TO_CLIENT
}
