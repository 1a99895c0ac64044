// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.backfill;

import java.util.concurrent.atomic.AtomicBoolean;

/** Tells the backfill, from another thread, that tables may have been published while the connector streams. */
public final class Appearances {

    private final AtomicBoolean announced = new AtomicBoolean();

    /** Tables may have been published. The backfill looks at its next opportunity. */
    public void announce() {
        announced.set(true);
    }

    /** Whether anything was announced since the last call. */
    boolean take() {
        return announced.get() && announced.getAndSet(false);
    }
}
