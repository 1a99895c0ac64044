// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox;

import java.util.List;

/** A subcommand of {@code ./tributary}. */
public interface Command {

    /** The word that calls it. */
    String name();

    /** How to call it: a line of synopsis, then what it does and its options. */
    String usage();

    /**
     * Runs it.
     *
     * @return the exit code: 0 for success, 1 for failure
     * @throws UsageException if the arguments are not as {@link #usage} says
     */
    int run(List<String> arguments) throws Exception;
}
