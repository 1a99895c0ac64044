// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox;

import java.util.List;

/** A subcommand of {@code ./tributary}. */
public interface Command {

    /** The name of the subcommand. */
    String name();

    /** The help text: a line of synopsis, then what the command does and its options. */
    String usage();

    /**
     * Runs it.
     *
     * @return the exit code: 0 for success, 1 for failure
     * @throws UsageException if the arguments do not match {@link #usage}
     */
    int run(List<String> arguments) throws Exception;
}
