// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox;

import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * The files of one server in a sandbox, and its registration.
 *
 * @param distribution the programs
 * @param directory the directory for its data and configuration
 * @param log the file that its output is appended to
 * @param started registers the server with the sandbox, which will end it
 */
record Site(Distribution distribution, Path directory, Path log, Consumer<Server> started) {

    /** Starts a server and returns it when it is ready. */
    <S extends Server> S start(S server) {
        started.accept(server);
        server.start();
        return server;
    }
}
