// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The end of a log file, for error messages. */
final class LogTail {

    private static final int BYTES = 16_384;

    private LogTail() {}

    /** The name of the file and its last lines, or why they cannot be read. */
    static String of(Path log, int lines) {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long from = Math.max(0, file.length() - BYTES);
            file.seek(from);
            byte[] bytes = new byte[(int) (file.length() - from)];
            file.readFully(bytes);
            List<String> all = new String(bytes, StandardCharsets.UTF_8).lines().toList();
            List<String> last = all.subList(Math.max(0, all.size() - lines), all.size());
            return "log " + log + (last.isEmpty() ? " (empty)" : ", which ends:\n  " + String.join("\n  ", last));
        } catch (IOException e) {
            return "log " + log + " (unreadable: " + e.getMessage() + ")";
        }
    }
}
