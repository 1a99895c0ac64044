// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.meter;

import dev.tributary.sandbox.ConnectWorker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** Samples the heap of a worker several times a second and keeps the maximum, also if the worker dies. */
public final class HeapWatch implements AutoCloseable {

    private static final long PERIOD_MILLIS = 100;

    private final ConnectWorker worker;
    private final JvmMeter meter;
    private final ScheduledExecutorService sampler = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "heap-watch");
        thread.setDaemon(true);
        return thread;
    });
    private final AtomicLong heap = new AtomicLong();
    private final AtomicLong resident = new AtomicLong();
    private final JvmReading before;
    private volatile JvmReading last;

    private HeapWatch(ConnectWorker worker, JvmMeter meter) {
        this.worker = worker;
        this.meter = meter;
        this.before = meter.read();
        this.last = before;
    }

    /** Starts sampling. */
    public static HeapWatch start(ConnectWorker worker) throws IOException {
        HeapWatch watch = new HeapWatch(worker, JvmMeter.of(worker));
        // The first sample that fails is the last one, since the worker has ended.
        var unused = watch.sampler.scheduleWithFixedDelay(watch::sample, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        return watch;
    }

    private void sample() {
        heap.accumulateAndGet(meter.heapBytes(), Math::max);
        resident.accumulateAndGet(residentBytes(worker.pid()), Math::max);
        last = meter.read();
    }

    /** The maximum heap in use. */
    public long peakHeapBytes() {
        return heap.get();
    }

    /** The maximum memory of the process. */
    public long peakResidentBytes() {
        return resident.get();
    }

    /** The usage from the start to the last sample. */
    public JvmUsage usage() {
        return last.since(before);
    }

    /** The high water mark that Linux keeps; 0 elsewhere. */
    private static long residentBytes(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    @Override
    public void close() throws IOException {
        sampler.shutdownNow();
        if (worker.isRunning()) {
            meter.close();
        }
    }
}
