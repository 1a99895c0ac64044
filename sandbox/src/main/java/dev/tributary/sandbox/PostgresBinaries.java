// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * The programs of one Postgres version, unpacked from their jar once per machine. If two processes unpack at the same
 * time, each unpacks into a separate directory. The first to finish moves its copy into place, and the other uses that
 * copy.
 *
 * @param home the directory that contains bin, lib and share
 */
record PostgresBinaries(Path home) {

    private static final Set<PosixFilePermission> EXECUTABLE = PosixFilePermissions.fromString("rwxr-xr-x");

    /** Finds the unpacked binaries, or unpacks them. */
    static PostgresBinaries of(Distribution distribution, int version, PostgresAccount account) {
        Path jar = distribution.postgresBinaries(version);
        try (JarFile file = new JarFile(jar.toFile())) {
            JarEntry archive = file.stream()
                    .filter(entry -> entry.getName().endsWith(".txz"))
                    .findFirst()
                    .orElseThrow(() -> new SandboxException("no .txz in " + jar));
            Path cache = cache(distribution, account);
            String key = String.format(Locale.ROOT, "%d-%08x-%d", version, archive.getCrc(), archive.getSize());
            Path home = cache.resolve(key);
            if (!Files.isDirectory(home)) {
                Files.createDirectories(cache);
                try (InputStream in = file.getInputStream(archive)) {
                    unpack(in, cache, home);
                }
            }
            return new PostgresBinaries(home);
        } catch (IOException e) {
            throw new SandboxException("cannot unpack " + jar, e);
        }
    }

    /** The path of a program, such as {@code initdb}. */
    String program(String name) {
        return home.resolve("bin").resolve(name).toString();
    }

    private static Path cache(Distribution distribution, PostgresAccount account) throws IOException {
        Path built = distribution.cache();
        if (Files.isWritable(built) && !account.isOther()) {
            return built.resolve("postgres-unpacked");
        }
        // Another account may have no access to the repository, but has access to the temporary directory.
        Path shared =
                Path.of(System.getProperty("java.io.tmpdir"), "tributary-postgres-" + System.getProperty("user.name"));
        Files.createDirectories(shared);
        String owner = Files.getOwner(shared).getName();
        if (!owner.equals(System.getProperty("user.name"))) {
            throw new SandboxException(shared + " belongs to " + owner + ", so the programs in it are not run");
        }
        return shared;
    }

    private static void unpack(InputStream in, Path cache, Path home) throws IOException {
        Path aside = Files.createTempDirectory(cache, "unpacking-");
        try {
            Files.setPosixFilePermissions(aside, EXECUTABLE);
            unpack(in, aside);
            Files.move(aside, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            DirectoryTree.delete(aside);
            if (!Files.isDirectory(home)) {
                throw e;
            }
        }
    }

    private static void unpack(InputStream in, Path target) throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(in)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path file = target.resolve(entry.getName()).normalize();
                if (!file.startsWith(target)) {
                    throw new IOException("entry outside the archive: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                    continue;
                }
                Files.createDirectories(file.resolveSibling("."));
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
                } else if (entry.isLink()) {
                    Files.createLink(file, target.resolve(entry.getLinkName()));
                } else {
                    Files.copy(tar, file);
                    Files.setPosixFilePermissions(file, permissions(entry));
                }
            }
        }
    }

    private static Set<PosixFilePermission> permissions(TarArchiveEntry entry) {
        boolean executable = (entry.getMode() & 0100) != 0;
        return executable ? EXECUTABLE : EnumSet.copyOf(PosixFilePermissions.fromString("rw-r--r--"));
    }
}
