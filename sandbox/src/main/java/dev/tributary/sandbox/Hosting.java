// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Where the servers of a sandbox run, if not in processes of this machine. */
public interface Hosting {

    /**
     * A Postgres with the superuser {@value PostgresServer#SUPERUSER}; not started yet.
     *
     * @param version the major version
     * @param port the port on 127.0.0.1
     * @param settings as in postgresql.conf; those of network and sockets are the host's own
     * @param passwordRoles roles that have to give their password; all others need none
     * @param log what its output is appended to
     */
    HostedServer postgres(int version, int port, Map<String, String> settings, List<String> passwordRoles, Path log);

    /**
     * A broker that is its own controller; not started yet.
     *
     * @param port the port on 127.0.0.1
     * @param settings properties of the broker; those of network and disk are the host's own
     * @param log what its output is appended to
     */
    HostedServer broker(int port, Map<String, String> settings, Path log);
}
