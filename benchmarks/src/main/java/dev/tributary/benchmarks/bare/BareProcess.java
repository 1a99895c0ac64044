// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.bare;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.sandbox.Sandbox;
import dev.tributary.sandbox.SandboxException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The process of a bare client. It ends with this JVM, because its input ends. */
public final class BareProcess implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final Writer requests;
    private final BufferedReader responses;
    private final Path log;
    private final Runnable cancel;

    private BareProcess(Process process, Path log, Sandbox sandbox) {
        this.process = process;
        this.log = log;
        this.requests = process.outputWriter(StandardCharsets.UTF_8);
        this.responses = process.inputReader(StandardCharsets.UTF_8);
        this.cancel = sandbox.beforeExit(process::destroyForcibly);
    }

    /**
     * Starts a client with the Java and the class path of this JVM.
     *
     * @param sandbox ends the process when this JVM ends, at the latest
     * @param client the main class, {@link BareClient} or {@link BareCopy}
     */
    public static BareProcess start(Sandbox sandbox, Class<?> client, String... arguments) throws IOException {
        Path log = sandbox.logs().resolve("bare.log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                client.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        return new BareProcess(process, log, sandbox);
    }

    /** Lets the client read a number of rows, and returns when it has. */
    public BareResult read(long rows) throws IOException {
        requests.write(rows + "\n");
        requests.flush();
        String response = responses.readLine();
        if (response == null) {
            throw new SandboxException("the bare client has ended; see " + log);
        }
        return JSON.readValue(response, BareResult.class);
    }

    @Override
    public void close() throws IOException {
        requests.close();
        process.destroyForcibly();
        cancel.run();
    }
}
