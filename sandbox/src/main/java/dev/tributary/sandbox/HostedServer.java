// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox;

/** A server that runs elsewhere than in a process of this machine, on a port of 127.0.0.1 all the same. */
public interface HostedServer {

    /** Starts it, for the first time or again on the same data and port. It may not serve yet. */
    void start();

    /** Stops it in order. */
    void stop();

    /** Ends it as a crash does. */
    void kill();

    /** It stays connected and answers nothing until {@link #resume()}. */
    void pause();

    void resume();

    boolean isRunning();

    /** Takes it away, with its data. */
    void remove();
}
