// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Copies the data directory of a running server of this machine for a standby, as {@code pg_basebackup} does, with the
 * <a href="https://www.postgresql.org/docs/current/continuous-archiving.html">low-level API</a> of Postgres 15 and
 * later.
 */
public final class BaseBackup {

    // What pg_basebackup leaves out (src/backend/backup/basebackup.c).
    private static final Set<String> EMPTIED = Set.of(
            "pg_wal",
            "pg_replslot",
            "pg_dynshmem",
            "pg_notify",
            "pg_serial",
            "pg_snapshots",
            "pg_stat_tmp",
            "pg_subtrans",
            "pgsql_tmp");
    private static final Set<String> OMITTED = Set.of(
            "postmaster.pid",
            "postmaster.opts",
            "backup_label",
            "backup_manifest",
            "tablespace_map",
            "standby.signal",
            "recovery.signal",
            "current_logfiles",
            "pg_internal.init");
    private static final Path CONTROL = Path.of("global", "pg_control");

    private final Path source;
    private final Path target;

    private BaseBackup(Path source, Path target) {
        this.source = source;
        this.target = target;
    }

    /**
     * Makes a copy that starts as a standby, for {@link PostgresServer.Builder#dataDirectory}. The copy contains no
     * WAL, so a physical slot that reserves it must exist before, and the standby needs {@code primary_conninfo} and
     * {@code primary_slot_name}. What {@code ALTER SYSTEM} has set is copied as well.
     *
     * @param target an empty directory, or one to create
     * @throws SandboxException if the server uses tablespaces, whose files two servers would share, or a file cannot be
     *     copied
     */
    public static void copy(PostgresServer server, Path target) throws SQLException {
        // The backup ends with its session.
        try (Connection connection = server.connect(PostgresServer.SUPERUSER, PostgresServer.DATABASE);
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_backup_start('standby', fast => true)");
            BaseBackup backup = new BaseBackup(server.dataDirectory().toRealPath(), target);
            backup.copyFiles();
            try (ResultSet stop = statement.executeQuery(
                    "SELECT labelfile, coalesce(spcmapfile, '')" + " FROM pg_backup_stop(wait_for_archive => false)")) {
                stop.next();
                backup.finish(stop.getString(1), stop.getString(2));
            }
        } catch (IOException e) {
            throw new SandboxException("cannot copy " + server + " to " + target, e);
        }
    }

    private void copyFiles() throws IOException {
        Files.createDirectories(target);
        Files.walkFileTree(source, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                createDirectory(target(directory));
                return EMPTIED.contains(directory.getFileName().toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                copyFile(file);
                return FileVisitResult.CONTINUE;
            }

            // The server goes on working: it may delete any file before it is copied.
            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                return ignoreVanished(failure);
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                return failure == null ? FileVisitResult.CONTINUE : ignoreVanished(failure);
            }
        });
        copyControlFile();
    }

    private void copyFile(Path file) throws IOException {
        if (OMITTED.contains(file.getFileName().toString()) || file.endsWith(CONTROL)) {
            return;
        }
        try {
            Files.copy(file, target(file));
        } catch (NoSuchFileException e) {
            ignoreVanished(e);
        }
    }

    /** Copies pg_control last, as pg_basebackup does, and not while it is written, because it has a checksum. */
    private void copyControlFile() throws IOException {
        Path file = source.resolve(CONTROL);
        byte[] read = Files.readAllBytes(file);
        byte[] before;
        do {
            before = read;
            read = Files.readAllBytes(file);
        } while (!Arrays.equals(before, read));
        Files.write(target.resolve(CONTROL), read);
    }

    private void finish(String label, String tablespaces) throws IOException {
        if (!tablespaces.isBlank()) {
            throw new SandboxException(source + " has tablespaces outside it: " + tablespaces.strip());
        }
        Files.writeString(target.resolve("backup_label"), label);
        Files.createFile(target.resolve("standby.signal"));
    }

    private Path target(Path file) {
        return target.resolve(source.relativize(file));
    }

    private static void createDirectory(Path directory) throws IOException {
        Files.createDirectories(directory);
        // Postgres refuses to start on a directory that others can read.
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }

    private static FileVisitResult ignoreVanished(IOException failure) throws IOException {
        if (failure instanceof NoSuchFileException) {
            return FileVisitResult.CONTINUE;
        }
        throw failure;
    }
}
