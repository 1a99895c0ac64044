// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sampledb;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Runs the shop's traffic from the command line. The exit code is 0 at the end, 1 if the database rejects an action, 2
 * for wrong options.
 */
public final class TrafficCommand {

    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private TrafficCommand() {}

    public static void main(String[] arguments) {
        TrafficOptions options;
        try {
            options = TrafficOptions.parse(List.of(arguments));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.println(TrafficOptions.USAGE);
            System.exit(USAGE);
            return;
        }
        try (Connection connection =
                DriverManager.getConnection(options.url(), options.user(), System.getenv("PGPASSWORD"))) {
            run(ShopTraffic.on(connection, options.rate(), options.mix(), options.seed()), options);
        } catch (SQLException | ShopTrafficException e) {
            System.err.println(e.getMessage());
            System.exit(FAILED);
        }
    }

    private static void run(ShopTraffic traffic, TrafficOptions options) {
        Thread main = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(traffic, main)));
        options.length()
                .ifPresent(length -> CompletableFuture.delayedExecutor(length.toMillis(), TimeUnit.MILLISECONDS)
                        .execute(traffic::close));
        System.out.println("The shop is open: " + options.rate() + " actions per second, seed " + options.seed());
        traffic.run();
        System.out.println(traffic.counts());
    }

    /** Waits for the current action to end: otherwise its transaction would be rolled back and not reported. */
    private static void end(ShopTraffic traffic, Thread main) {
        traffic.close();
        try {
            main.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
