// SPDX-License-Identifier: Apache-2.0
package dev.tributary;

import dev.tributary.guard.Alert;
import dev.tributary.guard.Receiver;
import dev.tributary.metrics.Journal;

/**
 * Enters alerts into the journal of a connector, on each worker that watches its slot.
 *
 * @param journal the journal
 */
record AlertJournal(Journal journal) implements Receiver {

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public void alert(Alert alert) {
        Journal.Severity severity = switch (alert.level()) {
            case OK -> Journal.Severity.INFO;
            case WARNING -> Journal.Severity.WARNING;
            case CRITICAL, LOST -> Journal.Severity.ERROR;
        };
        journal.add(Journal.Kind.ALERT, severity, alert.message());
    }
}
