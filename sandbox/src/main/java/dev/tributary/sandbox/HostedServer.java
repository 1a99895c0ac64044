// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox;

/** A server that is not a process of this machine, such as a container, but has a port on 127.0.0.1. */
public interface HostedServer {

    /** Starts it, for the first time or again on the same data and port. It may not accept connections yet. */
    void start();

    /** Shuts it down. */
    void stop();

    /** Kills it, like a crash. */
    void kill();

    /** Freezes it: its connections stay open, and it does not respond until {@link #resume()}. */
    void pause();

    void resume();

    boolean isRunning();

    /** Removes it and its data. */
    void remove();
}
