// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.fault;

import dev.tributary.sandbox.SandboxException;
import dev.tributary.sandbox.Server;
import dev.tributary.sandbox.Wait;
import dev.tributary.sandbox.chaos.arena.Arena;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What servers have written into their logs since a moment. */
final class LogSince {

    private final Map<Path, Long> sizes = new LinkedHashMap<>();

    private LogSince() {}

    static LogSince now(List<? extends Server> servers) {
        return of(servers.stream().map(Server::logFile).toList());
    }

    static LogSince of(List<Path> logs) {
        LogSince since = new LogSince();
        logs.forEach(log -> since.sizes.put(log, size(log)));
        return since;
    }

    static LogSince ofWorkers(Arena arena) {
        return now(arena.connect().workers());
    }

    /** Whether one of them has written a text that the pattern finds. */
    boolean has(Pattern pattern) {
        return sizes.entrySet().stream()
                .anyMatch(log ->
                        pattern.matcher(since(log.getKey(), log.getValue())).find());
    }

    /** Whether one of them has written a text. */
    boolean has(String text) {
        return has(Pattern.compile(Pattern.quote(text)));
    }

    boolean await(Pattern pattern, Duration limit) {
        return Wait.until(limit, () -> has(pattern));
    }

    private static long size(Path log) {
        try {
            return Files.size(log);
        } catch (IOException e) {
            throw new SandboxException("cannot read " + log, e);
        }
    }

    private static String since(Path log, long size) {
        try (InputStream file = Files.newInputStream(log)) {
            file.skipNBytes(size);
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new SandboxException("cannot read " + log, e);
        }
    }
}
