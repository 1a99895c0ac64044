// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The contents of {@code postmaster.pid}, the file of a running or crashed postmaster.
 *
 * @param sharedMemory the id of its System V shared memory segment, for {@code ipcrm}
 */
record PostmasterPid(String sharedMemory) {

    // Line 7: key and id of the segment (src/include/utils/pidfile.h).
    private static final int SHARED_MEMORY_LINE = 6;

    static Optional<PostmasterPid> read(Path data) {
        try {
            return parse(Files.readAllLines(data.resolve("postmaster.pid")));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static Optional<PostmasterPid> parse(List<String> lines) {
        if (lines.size() <= SHARED_MEMORY_LINE) {
            return Optional.empty();
        }
        String[] keyAndId = lines.get(SHARED_MEMORY_LINE).strip().split("\\s+", -1);
        return keyAndId.length == 2 ? Optional.of(new PostmasterPid(keyAndId[1])) : Optional.empty();
    }

    void removeSharedMemory() {
        OrphanGuard.works("ipcrm", "-m", sharedMemory);
    }
}
