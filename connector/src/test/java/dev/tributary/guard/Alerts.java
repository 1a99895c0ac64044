// SPDX-License-Identifier: Apache-2.0
package dev.tributary.guard;

import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Collects alerts.
 *
 * @param taken where they go
 * @param ready whether it takes them
 */
record Alerts(List<Alert> taken, BooleanSupplier ready) implements Receiver {

    @Override
    public boolean isReady() {
        return ready.getAsBoolean();
    }

    @Override
    public void alert(Alert alert) {
        taken.add(alert);
    }
}
