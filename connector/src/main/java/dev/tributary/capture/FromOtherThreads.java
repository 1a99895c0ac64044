// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture;

import dev.tributary.capture.backfill.Appearances;
import dev.tributary.capture.stream.Announcements;

/**
 * What other threads report to a run while it captures.
 *
 * @param appearances tables that may have been published
 * @param announcements notifications to send
 */
record FromOtherThreads(Appearances appearances, Announcements announcements) {

    FromOtherThreads() {
        this(new Appearances(), new Announcements());
    }
}
