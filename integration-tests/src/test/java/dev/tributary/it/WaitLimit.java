// SPDX-License-Identifier: Apache-2.0
package dev.tributary.it;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * How long a test waits for something before it fails. One generous limit for all tests: a wait that succeeds ends at
 * once, and a busy machine can need many times what a quiet one needs.
 *
 * <p>JUnit finds this extension through the service loader. It makes the limit Awaitility's default, and has Awaitility
 * look at once and often.
 */
public final class WaitLimit implements BeforeAllCallback {

    static final Duration LIMIT = Duration.ofMinutes(3);

    /**
     * Waits for the end of something long as long as it makes progress.
     *
     * @param progress a number that grows, and that does not grow for ever
     */
    static void awaitTheEnd(String what, LongSupplier progress, Callable<Boolean> hasEnded) {
        long[] last = {progress.getAsLong()};
        boolean[] end = new boolean[1];
        while (!end[0]) {
            await(what + ", after " + last[0]).until(() -> {
                end[0] = hasEnded.call();
                return end[0] || progress.getAsLong() > last[0];
            });
            last[0] = progress.getAsLong();
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        Awaitility.setDefaultTimeout(LIMIT);
        Awaitility.setDefaultPollDelay(Duration.ZERO);
        Awaitility.setDefaultPollInterval(Duration.ofMillis(50));
    }
}
