// SPDX-License-Identifier: Apache-2.0
package dev.tributary.services;

import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a service until the JVM ends, and then closes the service. */
public final class Instance {

    private static final Logger LOG = LoggerFactory.getLogger(Instance.class);

    private Instance() {}

    /** Starts a service. */
    @FunctionalInterface
    public interface Start {

        AutoCloseable start() throws Exception;
    }

    /** Runs a service and does not return. If it cannot start, the JVM exits with 1. */
    public static void run(Start start) throws InterruptedException {
        try {
            AutoCloseable service = start.start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> close(service), "shutdown"));
        } catch (Exception e) {
            LOG.error("Cannot start: {}", e.getMessage(), e);
            System.exit(1);
        }
        new CountDownLatch(1).await();
    }

    /**
     * Exits the JVM at once with 1, after a failure that does not go away. A service that hangs is worse than one that
     * restarts.
     */
    public static void crash(String what, Throwable cause) {
        LOG.error("{}; the service exits", what, cause);
        Runtime.getRuntime().halt(1);
    }

    private static void close(AutoCloseable service) {
        try {
            service.close();
            LOG.info("Stopped");
        } catch (Exception e) {
            LOG.error("The service was not closed cleanly", e);
        }
    }
}
