// SPDX-License-Identifier: Apache-2.0
package dev.tributary.it;

import java.time.Duration;
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

    @Override
    public void beforeAll(ExtensionContext context) {
        Awaitility.setDefaultTimeout(LIMIT);
        Awaitility.setDefaultPollDelay(Duration.ZERO);
        Awaitility.setDefaultPollInterval(Duration.ofMillis(50));
    }
}
