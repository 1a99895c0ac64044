// SPDX-License-Identifier: Apache-2.0
package dev.tributary.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The secrets that the tests configure. Each is unlike any other text, so that it is found wherever it is written.
 *
 * <p>JUnit finds this extension through the service loader. After each test class it searches what was added to the
 * logs of all servers for every secret used so far, and fails the class if it finds one.
 */
public final class Secrets implements AfterAllCallback {

    /** The log files stay from one run to the next; the secrets of another run are not looked for. */
    private static final String RUN = Long.toString(System.currentTimeMillis(), 36);

    private static final Path LOGS = Path.of("target", "it-logs");
    private static final Map<String, String> USED = new ConcurrentHashMap<>();
    private static final Map<Path, Integer> SEARCHED = new HashMap<>();

    /** A new secret for a use, such as the name of an option. */
    static String newFor(String use) {
        return used("secret-" + RUN + "-" + USED.size() + "-" + use.replaceAll("[^A-Za-z0-9]+", "-"), use);
    }

    /** Adds a secret that has a form of its own, and returns it. */
    static String used(String secret, String use) {
        USED.put(secret, use);
        return secret;
    }

    /** Where a text contains which secrets: one entry per line of the text and secret. */
    static List<String> in(String text) {
        List<String> leaks = new ArrayList<>();
        text.lines()
                .forEach(line -> USED.forEach((secret, use) -> {
                    if (line.contains(secret)) {
                        leaks.add("the secret of " + use + ", in the line: " + line.strip());
                    }
                }));
        return leaks;
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        List<String> leaks = new ArrayList<>();
        for (Path log : logs()) {
            in(newPartOf(log)).forEach(leak -> leaks.add(log + ": " + leak));
        }
        if (!leaks.isEmpty()) {
            throw new AssertionError("Secrets are in the logs:\n" + String.join("\n", leaks));
        }
    }

    private static List<Path> logs() throws IOException {
        if (!Files.isDirectory(LOGS)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(LOGS)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    /** The complete lines that were added since the last call, or all if a sandbox has begun the log anew. */
    private static synchronized String newPartOf(Path log) throws IOException {
        byte[] all = Files.readAllBytes(log);
        int searched = SEARCHED.getOrDefault(log, 0);
        int from = searched > all.length ? 0 : searched;
        int to = all.length;
        while (to > from && all[to - 1] != '\n') {
            to--;
        }
        SEARCHED.put(log, to);
        return new String(all, from, to - from, StandardCharsets.UTF_8);
    }
}
