// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox;

import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * What a sandbox gives a server to run with.
 *
 * @param distribution the programs
 * @param directory the directory for its data and configuration
 * @param log the file that its output is appended to
 * @param started is called with the server before it starts, so that the sandbox ends it
 */
record Site(Distribution distribution, Path directory, Path log, Consumer<Server> started) {

    /** Starts a server and returns it when it serves. */
    <S extends Server> S start(S server) {
        started.accept(server);
        server.start();
        return server;
    }
}
