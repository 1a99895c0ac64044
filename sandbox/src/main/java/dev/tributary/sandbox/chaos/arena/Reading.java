// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.arena;

import dev.tributary.sandbox.chaos.check.ArrivalReader;
import dev.tributary.sandbox.chaos.check.Pulses;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/** Reads the topics all the time, so that it is known when events arrive. */
public final class Reading implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** What a record and the change that it is of take while they are compared, roughly. */
    private static final long BYTES_PER_RECORD = 800;

    private final ArrivalReader reader;
    private final Thread thread;
    private volatile boolean closed;

    Reading(ArrivalReader reader) {
        this.reader = reader;
        this.thread = new Thread(this::read, "chaos-reader");
        thread.setDaemon(true);
        thread.start();
    }

    private void read() {
        while (!closed) {
            try {
                reader.readAvailable(PATIENCE);
                TimeUnit.MILLISECONDS.sleep(20);
            } catch (InterruptedException | InterruptException e) {
                return;
            } catch (KafkaException e) {
                // A cluster that is in trouble; the next call continues.
            }
        }
    }

    public Pulses pulses() {
        return reader.pulses();
    }

    /** Whether there are as many records as this process can check. */
    public boolean isFull() {
        return reader.count() > Runtime.getRuntime().maxMemory() / BYTES_PER_RECORD;
    }

    /** Stops reading, after everything that is in the topics now; the reader then belongs to the caller. */
    public ArrivalReader finish() throws InterruptedException {
        closed = true;
        thread.join();
        return reader;
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.join(TimeUnit.SECONDS.toMillis(30));
        reader.close();
    }
}
