// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture;

/** Why capturing stopped, and what follows from it: wait and go on, or stop and tell a person. */
public sealed interface Failure {

    /** What happened, in words for the person who runs the connector; never a row's content. */
    String what();

    /**
     * The way back is open and needs nobody: Postgres starts, the network comes back, another process lets go of the
     * slot.
     *
     * @param what what happened
     * @param waitingFor what has to become true before capturing can go on
     */
    record Retriable(String what, String waitingFor) implements Failure {}

    /**
     * Going on would fail again, or lose changes.
     *
     * @param what what happened and what it means for the data
     * @param fix what a person has to do; empty when {@code what} says it
     */
    record Fatal(String what, String fix) implements Failure {

        /** The whole story, for the status of the task. */
        public String message() {
            return fix.isEmpty() ? what : what + " " + fix;
        }
    }
}
