// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.load;

import dev.tributary.sandbox.SandboxException;

/** Lets the threads of the load into their transactions, or holds them back between two. */
final class Gate {

    private int inside;
    private boolean shut;
    private boolean ended;

    /**
     * Waits until a transaction may begin. {@link #leave()} must follow.
     *
     * @return false if the load has ended, and the thread must end as well
     */
    synchronized boolean enter() {
        await(() -> shut && !ended);
        if (ended) {
            return false;
        }
        inside++;
        return true;
    }

    synchronized void leave() {
        inside--;
        notifyAll();
    }

    /** Lets nobody in, and returns when nobody is inside. */
    synchronized void shut() {
        shut = true;
        await(() -> inside > 0);
    }

    synchronized void open() {
        shut = false;
        notifyAll();
    }

    /** Ends the load: no transaction begins any more. */
    synchronized void end() {
        ended = true;
        notifyAll();
    }

    /** Waits for a time, or until the load ends. */
    synchronized void pause(long nanos) {
        long deadline = System.nanoTime() + nanos;
        for (long left = nanos; left > 0 && !ended; left = deadline - System.nanoTime()) {
            doWait(left / 1_000_000 + 1);
        }
    }

    private void await(Condition unmet) {
        while (unmet.holds()) {
            doWait(0);
        }
    }

    // Callers hold the lock and check their condition again.
    @SuppressWarnings("WaitNotInLoop")
    private void doWait(long millis) {
        try {
            wait(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxException("interrupted", e);
        }
    }

    private interface Condition {
        boolean holds();
    }
}
