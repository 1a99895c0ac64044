// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.backfill;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Tells the backfill, from another thread, that tables may have been published while the connector streams. */
public final class Appearances {

    /** The first look at the catalog may have begun too early to see what happens from now on. */
    private static final int LOOKS = 2;

    private final AtomicBoolean announced = new AtomicBoolean();
    private final AtomicInteger expected = new AtomicInteger();

    /** Tables may have been published. The backfill looks at its next opportunity. */
    public void announce() {
        announced.set(true);
    }

    /**
     * Somebody has looked at the catalog.
     *
     * @param changed whether it is not as it was at the look before
     */
    public void lookedUp(boolean changed) {
        boolean isExpected = expected.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
        if (changed || isExpected) {
            announce();
        }
    }

    /**
     * A table is away at the moment. If it comes back before the next look at the catalog, nothing seems to have
     * changed, so that look must count, too.
     */
    void expect() {
        expected.set(LOOKS);
    }

    /** Whether anything was announced since the last call. */
    boolean take() {
        return announced.get() && announced.getAndSet(false);
    }
}
