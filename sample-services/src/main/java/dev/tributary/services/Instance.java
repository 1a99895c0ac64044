// SPDX-License-Identifier: Apache-2.0
package dev.tributary.services;

import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a service until the JVM is told to end, and closes it then. */
public final class Instance {

    private static final Logger LOG = LoggerFactory.getLogger(Instance.class);

    private Instance() {}

    /** What starts a service. */
    @FunctionalInterface
    public interface Start {

        AutoCloseable start() throws Exception;
    }

    /** Does not return unless the start fails; the JVM ends with 1 then. */
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
     * Ends the JVM at once with 1: something failed that will not mend by itself. A service that stays and does nothing is worse
     * than one that is started again.
     */
    public static void crash(String what, Throwable cause) {
        LOG.error("{}; the service ends", what, cause);
        Runtime.getRuntime().halt(1);
    }

    private static void close(AutoCloseable service) {
        try {
            service.close();
            LOG.info("Stopped");
        } catch (Exception e) {
            LOG.error("Not everything was closed", e);
        }
    }
}
