// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The data directory that {@code initdb} makes for a major version. It takes seconds, so it runs once in a JVM, for the
 * first server of the version; the others start on a copy. So all servers of a version have the same system identifier.
 */
final class InitialData {

    private static final Map<Integer, InitialData> BY_VERSION = new ConcurrentHashMap<>();

    private @Nullable Path kept;

    private InitialData() {}

    static InitialData of(int majorVersion) {
        return BY_VERSION.computeIfAbsent(majorVersion, any -> new InitialData());
    }

    /** Fills the data directory, or has what {@code initdb} writes there kept for the next server. */
    synchronized void prepare(Path data, EmbeddedPostgres.Builder builder) throws IOException {
        if (kept == null) {
            builder.setDataDirectoryCustomizer(made -> keep(made.toPath()));
        } else {
            copy(kept, data);
        }
    }

    private synchronized void keep(Path made) {
        if (kept != null) {
            return;
        }
        try {
            Path copy = Files.createTempDirectory("tributary-initdb-");
            copy(made, copy);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(copy)));
            kept = copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (!Files.isDirectory(target)) {
                    Files.copy(file, target, COPY_ATTRIBUTES);
                }
            }
        }
    }

    static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
