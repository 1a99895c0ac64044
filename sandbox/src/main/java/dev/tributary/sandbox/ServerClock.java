// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The clock of one server that can jump while the server runs. It is the library libfaketime, preloaded into the
 * process. Only the time of day jumps; timeouts and waits, which use the monotonic clock, do not.
 *
 * <p>One clock can serve several servers, which then jump together.
 */
public final class ServerClock {

    private static final Optional<Path> LIBRARY = find();

    private final Path file;

    ServerClock(Path file) {
        this.file = file.toAbsolutePath();
        reset();
    }

    /** Whether libfaketime is installed. */
    public static boolean isAvailable() {
        return LIBRARY.isPresent();
    }

    /**
     * Sets the clock relative to the real time, as of now and until the next call. The server follows within a second.
     *
     * @param offset how far it is ahead of the real time; negative if it is behind
     */
    public void jump(Duration offset) {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        try {
            Files.createDirectories(next.resolveSibling("."));
            Files.writeString(next, String.format(Locale.ROOT, "%+.3f%n", offset.toMillis() / 1e3));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new SandboxException("cannot write " + file, e);
        }
    }

    /** Sets the clock to the real time. */
    public void reset() {
        jump(Duration.ZERO);
    }

    /**
     * The environment of a process that has this clock.
     *
     * @throws SandboxException if libfaketime is not installed
     */
    Map<String, String> environment() {
        Path library = LIBRARY.orElseThrow(
                () -> new SandboxException("libfaketime is not installed; on Debian: apt-get install libfaketime"));
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("LD_PRELOAD", library.toString());
        environment.put("FAKETIME_TIMESTAMP_FILE", file.toString());
        // In seconds. Reading the file for each look at the clock would slow the server down.
        environment.put("FAKETIME_CACHE_DURATION", "1");
        environment.put("DONT_FAKE_MONOTONIC", "1");
        environment.put("FAKETIME_DONT_FAKE_MONOTONIC", "1");
        // Otherwise the library changes the clock of timed waits, and a wait of a millisecond takes fifteen.
        environment.put("FAKETIME_FORCE_MONOTONIC_FIX", "0");
        return environment;
    }

    private static Optional<Path> find() {
        List<Path> candidates = new ArrayList<>();
        for (String libraries : List.of("/usr/lib", "/usr/lib64", "/usr/local/lib", "/lib")) {
            candidates.add(Path.of(libraries));
            try (DirectoryStream<Path> architectures = Files.newDirectoryStream(Path.of(libraries), "*-linux-gnu*")) {
                architectures.forEach(candidates::add);
            } catch (IOException e) {
                // There is no such directory.
            }
        }
        return candidates.stream()
                .map(libraries -> libraries.resolve("faketime/libfaketimeMT.so.1"))
                .filter(Files::isReadable)
                .findFirst();
    }
}
