// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a JVM of the sandbox puts temporary files. Libraries unpack native code there, such as that of RocksDB and LZ4,
 * and a JVM that is killed does not delete it. In the directory of its server it is deleted with the rest.
 */
final class TemporaryFiles {

    private TemporaryFiles() {}

    /** The argument that sends a JVM's temporary files into a directory of its own inside the server's. */
    static String in(Path directory) {
        Path temporary = directory.toAbsolutePath().resolve("tmp");
        try {
            Files.createDirectories(temporary);
        } catch (IOException e) {
            throw new SandboxException("cannot create " + temporary, e);
        }
        return "-Djava.io.tmpdir=" + temporary;
    }
}
