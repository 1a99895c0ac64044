// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture;

import dev.tributary.capture.backfill.Appearances;
import dev.tributary.capture.stream.NotificationQueue;
import dev.tributary.capture.stream.NotificationSender;

/**
 * What other threads report to a run while it captures.
 *
 * @param appearances tables that may have been published
 * @param notifications notifications to send
 */
record Inbox(Appearances appearances, NotificationSender notifications) {

    /** @param waiting the notifications of all runs of the task */
    Inbox(NotificationQueue waiting) {
        this(new Appearances(), new NotificationSender(waiting));
    }
}
