// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How an incremental snapshot notices rows that are written while it reads, and how signals reach it. */
enum Watermarks {

    /** An insert opens the window, another insert closes it. */
    INSERT_INSERT,

    /** An insert opens the window, the delete of that row closes it. */
    INSERT_DELETE,

    /** The connector writes nothing. Signals come from a file. */
    READ_ONLY;

    /** The options. The file for signals is in the directory. */
    Map<String, String> options(Path directory) {
        Map<String, String> options = new HashMap<>();
        options.put("signal.data.collection", "public.signals");
        options.put("incremental.snapshot.chunk.size", "100");
        options.put("signal.poll.interval.ms", "20");
        switch (this) {
            case INSERT_INSERT -> options.put("incremental.snapshot.watermarking.strategy", "insert_insert");
            case INSERT_DELETE -> options.put("incremental.snapshot.watermarking.strategy", "insert_delete");
            case READ_ONLY -> {
                options.remove("signal.data.collection");
                options.put("read.only", "true");
                options.put("signal.enabled.channels", "source,file");
                options.put("signal.file", file(directory).toString());
            }
        }
        return options;
    }

    /** Sends a signal; the data is JSON. */
    void signal(Wal wal, Path directory, String type, String data) {
        String id = type + "-" + System.nanoTime();
        if (this == READ_ONLY) {
            String line = "{\"id\": \"" + id + "\", \"type\": \"" + type + "\", \"data\": " + data + "}\n";
            try {
                Files.writeString(file(directory), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        } else {
            wal.write(List.of(new Statement(
                    0,
                    "INSERT INTO signals VALUES ('" + id + "', '" + type + "', '" + data.replace("'", "''") + "')")));
        }
    }

    private static Path file(Path directory) {
        return directory.resolve("signals.txt");
    }
}
