// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How to start a process.
 *
 * @param name the name for messages
 * @param account the command that runs the rest as another account; empty for the account of this JVM
 * @param command program and arguments
 * @param directory its working directory
 * @param log the file that its output is appended to
 * @param ready checks whether it is ready
 * @param ending the signals that end it
 * @param environment what it has in addition to the environment of this JVM
 */
record Launch(
        String name,
        List<String> account,
        List<String> command,
        Path directory,
        Path log,
        Ready ready,
        Ending ending,
        Map<String, String> environment) {

    /**
     * How long a process may take until it is ready, or until it exits if it is an errand. A process that cannot start
     * exits at once; only a slow one on a busy machine needs this long.
     */
    static final Duration TIMEOUT = Duration.ofMinutes(3);

    /** Whether a process is ready. An exception means that it is not ready yet. */
    @FunctionalInterface
    interface Ready {
        boolean check() throws Exception;
    }

    /** The signals that end a process. */
    enum Ending {
        /** A JVM flushes and exits on TERM. */
        JAVA("TERM", "KILL"),
        /**
         * Postgres: INT is a fast shutdown, QUIT an immediate one, which leaves no child process and no shared memory.
         */
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
        environment = Map.copyOf(environment);
    }

    /** A process with the environment of this JVM. */
    Launch(
            String name,
            List<String> account,
            List<String> command,
            Path directory,
            Path log,
            Ready ready,
            Ending ending) {
        this(name, account, command, directory, log, ready, ending, Map.of());
    }

    /** The same process with another environment. */
    Launch with(Map<String, String> additional) {
        return new Launch(name, account, command, directory, log, ready, ending, additional);
    }

    /** A process that does one thing and exits. */
    static Launch errand(String name, List<String> account, List<String> command, Path directory, Path log) {
        return new Launch(name, account, command, directory, log, () -> true, Ending.JAVA);
    }

    boolean isReady() {
        try {
            return ready.check();
        } catch (Exception e) {
            return false;
        }
    }

    /** The whole command line, including the commands that end the process with this JVM, if this system has them. */
    List<String> commandLine() {
        List<String> line = new ArrayList<>();
        if (OrphanGuard.AVAILABLE) {
            line.add("setsid");
        }
        line.addAll(account);
        if (OrphanGuard.AVAILABLE) {
            line.addAll(List.of("setpriv", "--pdeathsig", ending.immediate));
        }
        if (!environment.isEmpty()) {
            // Last, so that a preloaded library is not loaded into the commands before it.
            line.add("env");
            environment.forEach((name, value) -> line.add(name + "=" + value));
        }
        line.addAll(command);
        return line;
    }
}
