// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How to run a process.
 *
 * @param name what people call it, for messages
 * @param account the command that runs the rest under another account; empty for the account of this JVM
 * @param command program and arguments
 * @param directory its working directory
 * @param log the file that its output is appended to
 * @param ready tells whether it serves
 * @param patience how long it may take until it serves
 * @param ending how it is ended
 */
record Launch(
        String name,
        List<String> account,
        List<String> command,
        Path directory,
        Path log,
        Ready ready,
        Duration patience,
        Ending ending) {

    /** Whether a process serves; throwing means not yet. */
    @FunctionalInterface
    interface Ready {
        boolean check() throws Exception;
    }

    /** The signals that end a process. */
    enum Ending {
        /** A JVM flushes and leaves on TERM. */
        JAVA("TERM", "KILL"),
        /** Postgres: INT is the fast shutdown, QUIT the immediate one, which leaves no child and no shared memory. */
        POSTGRES("INT", "QUIT");

        final String orderly;
        final String immediate;

        Ending(String orderly, String immediate) {
            this.orderly = orderly;
            this.immediate = immediate;
        }
    }

    Launch {
        account = List.copyOf(account);
        command = List.copyOf(command);
    }

    /** A process that does one thing and leaves. */
    static Launch errand(String name, List<String> account, List<String> command, Path directory, Path log) {
        return new Launch(name, account, command, directory, log, () -> true, Duration.ofMinutes(2), Ending.JAVA);
    }

    boolean isReady() {
        try {
            return ready.check();
        } catch (Exception e) {
            return false;
        }
    }

    /** The whole command line, with whatever this system has to end the process when this JVM vanishes. */
    List<String> commandLine() {
        List<String> line = new ArrayList<>();
        if (OrphanGuard.AVAILABLE) {
            line.add("setsid");
        }
        line.addAll(account);
        if (OrphanGuard.AVAILABLE) {
            line.addAll(List.of("setpriv", "--pdeathsig", ending.immediate));
        }
        line.addAll(command);
        return line;
    }
}
