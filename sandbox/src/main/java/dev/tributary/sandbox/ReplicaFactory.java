// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox;

import dev.tributary.sandbox.link.Link;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes the servers of a {@link ReplicatedPostgres}, and deletes them.
 *
 * @param configured configures one server in a directory of its own
 * @param preferred a directory that a server is to use whenever it is free
 * @param database the database through which a standby copies logical slots
 */
record ReplicaFactory(
        Supplier<PostgresServer.Builder> configured,
        @Nullable Path preferred,
        String database) {

    PostgresServer firstPrimary() {
        return builder(List.of()).start();
    }

    /**
     * Copies the primary and starts the copy as its standby.
     *
     * @param name the name of the slot on the primary, and of the connections
     * @param used the directories that are not free
     */
    PostgresServer standby(PostgresServer primary, String name, Link link, List<Path> used) throws SQLException {
        link.heal();
        new Replication(primary).createSlot(name);
        PostgresServer.Builder builder = builder(used)
                .setting("hot_standby_feedback", "on")
                .setting("primary_slot_name", name)
                .setting(
                        "primary_conninfo",
                        "host=127.0.0.1 port=" + link.port() + " user=" + PostgresServer.SUPERUSER + " dbname="
                                + database + " application_name=" + name);
        if (Replication.synchronisesSlots(primary.version())) {
            builder.setting("sync_replication_slots", "on");
        }
        BaseBackup.copy(primary, builder.dataDirectory());
        forgetStandbys(builder.dataDirectory());
        return builder.start();
    }

    /** Starts a former primary, which has no standbys any more. */
    void startAlone(PostgresServer former) {
        forgetStandbys(former.dataDirectory());
        former.start();
    }

    /** Ends a server and deletes its data. */
    void delete(PostgresServer server) {
        server.close();
        Path data = server.dataDirectory();
        try {
            // The directory itself may be a mount point.
            DirectoryTree.clear(data, data.resolve("lost+found"));
        } catch (IOException e) {
            throw new SandboxException("cannot delete " + data, e);
        }
    }

    private PostgresServer.Builder builder(List<Path> used) {
        PostgresServer.Builder builder = configured.get();
        return preferred == null || used.contains(preferred) ? builder : builder.dataDirectory(preferred);
    }

    private static void forgetStandbys(Path data) {
        try {
            new PostgresFiles(data).reset(Replication.SYNCHRONOUS_NAMES, Replication.SYNCHRONIZED_SLOTS);
        } catch (IOException e) {
            throw new SandboxException("cannot configure Postgres in " + data, e);
        }
    }
}
