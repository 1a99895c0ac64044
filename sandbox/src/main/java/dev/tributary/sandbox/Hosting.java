// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Creates the servers of a sandbox that do not run as processes of this machine. */
public interface Hosting {

    /**
     * Creates a Postgres with the superuser {@value PostgresServer#SUPERUSER}, and does not start it.
     *
     * @param version the major version
     * @param port the port on 127.0.0.1
     * @param settings as in postgresql.conf; the host itself sets those of network and sockets
     * @param passwordRoles roles that must log in with a password; all others log in without one
     * @param log the file that its output is appended to
     */
    HostedServer postgres(int version, int port, Map<String, String> settings, List<String> passwordRoles, Path log);

    /**
     * Creates a broker that is also the controller, and does not start it.
     *
     * @param port the port on 127.0.0.1
     * @param settings properties of the broker; the host itself sets those of network and disk
     * @param log the file that its output is appended to
     */
    HostedServer broker(int port, Map<String, String> settings, Path log);
}
