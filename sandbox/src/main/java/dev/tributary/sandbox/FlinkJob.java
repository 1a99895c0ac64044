// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A job of Flink SQL, in a cluster of its own with one slot, which is a process. Its build is {@code sandbox/flink}.
 */
public final class FlinkJob extends Server {

    private static final String RUNS = "The job runs";

    private final Path home;
    private final Path directory;
    private final Path script;

    private FlinkJob(Site site, String statements) {
        super(site.log());
        this.home = site.distribution().flink();
        this.directory = site.directory().toAbsolutePath();
        this.script = directory.resolve("job.sql");
        try {
            Files.createDirectories(directory);
            Files.writeString(script, statements);
        } catch (IOException e) {
            throw new SandboxException("cannot write " + script, e);
        }
    }

    /** Starts the job, and returns when it runs. */
    static FlinkJob start(Site site, String statements) {
        return site.start(new FlinkJob(site, statements));
    }

    @Override
    Launch launch() {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+UseSerialGC",
                TemporaryFiles.in(directory),
                // Flink's serializers look into these.
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--add-opens=java.base/java.time=ALL-UNNAMED",
                "-cp",
                home.resolve("target/lib") + "/*",
                home.resolve("SqlScript.java").toString(),
                script.toString());
        return new Launch(toString(), List.of(), command, directory, logFile(), this::isReady, Launch.Ending.JAVA);
    }

    private boolean isReady() throws IOException {
        return Files.readString(logFile()).contains(RUNS);
    }

    @Override
    public String toString() {
        return "Flink job " + script;
    }
}
