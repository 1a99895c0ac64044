// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.meter;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import one.profiler.AsyncProfilerLoader;

/**
 * Samples what a JVM of this machine spends its CPU time on, with async-profiler. The clock of the samples is the CPU
 * time of each thread, so that a JVM that waits or is stopped has none.
 */
public final class CpuProfiler {

    private static final String SAMPLING = "event=ctimer,interval=1ms,threads";

    private final VirtualMachine machine;
    private final String library;
    private final Path output;

    private CpuProfiler(VirtualMachine machine, String library, Path output) {
        this.machine = machine;
        this.library = library;
        this.output = output;
    }

    /**
     * Attaches to a JVM, which must not be stopped, and starts to sample.
     *
     * @param pid its process
     * @param output a file for the samples, which the JVM writes
     */
    public static CpuProfiler start(long pid, Path output) throws IOException {
        try {
            String library = AsyncProfilerLoader.getAsyncProfilerPath().toString();
            CpuProfiler profiler =
                    new CpuProfiler(VirtualMachine.attach(Long.toString(pid)), library, output.toAbsolutePath());
            profiler.run("start," + SAMPLING);
            return profiler;
        } catch (AttachNotSupportedException e) {
            throw new IOException("cannot attach to process " + pid, e);
        }
    }

    /** Ends the sampling. Each line has a thread and its frames, the innermost last, and after a blank a count. */
    public List<String> stop() throws IOException {
        run("stop,collapsed," + SAMPLING.replaceFirst("^event=ctimer,", "") + ",file=" + output);
        machine.detach();
        return Files.readAllLines(output);
    }

    private void run(String command) throws IOException {
        try {
            machine.loadAgentPath(library, command);
        } catch (AgentLoadException | AgentInitializationException e) {
            throw new IOException("async-profiler refuses " + command, e);
        }
    }
}
