// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.load;

import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;

/** Draws transactions: which actions, how many, with savepoints, and how they end. */
final class Mix {

    private static final int ROLLBACK_PERCENT = 5;
    private static final int SAVEPOINTS_PERCENT = 10;

    private final List<Weighted> actions = new ArrayList<>();
    private int total;

    /** @param truncates whether a transaction may be a TRUNCATE */
    Mix(boolean truncates) {
        add(200, BankActions::transfer);
        add(6, BankActions::deleteTransfers);
        add(80, BankActions::save);
        add(20, BankActions::open);
        add(15, BankActions::close);
        add(15, BankActions::renumber);
        add(2, BankActions::settle);
        add(100, ShopActions::order);
        add(120, ShopActions::changeOrder);
        add(80, ShopActions::cancelOrder);
        add(80, ShopActions::renameCustomer);
        add(40, ShopActions::changeCustomerKey);
        add(60, ShopActions::changeStock);
        add(40, ShopActions::toggleStock);
        add(30, ShopActions::replaceStock);
        add(80, DocumentActions::rename);
        add(20, DocumentActions::rewrite);
        add(10, DocumentActions::changeKey);
        add(4, DocumentActions::replace);
        add(60, LogActions::log);
        add(20, LogActions::see);
        add(20, LogActions::forget);
        add(60, LogActions::measure);
        add(30, LogActions::calibrate);
        add(5, LogActions::message);
        add(80, BulkActions::scratch);
        add(3, BulkActions::some);
        if (truncates) {
            add(1, BulkActions::truncate);
        }
    }

    /**
     * Runs the statements of a transaction. The caller ends it.
     *
     * @return whether it must be committed; otherwise it must be rolled back
     */
    boolean run(Work work) throws SQLException {
        boolean savepoints = work.chance(SAVEPOINTS_PERCENT);
        int count = size(work, savepoints);
        for (int i = 0; i < count; i++) {
            Action action = draw(work);
            if (savepoints) {
                inSavepoint(work, action);
            } else {
                action.run(work);
            }
        }
        return !work.chance(ROLLBACK_PERCENT);
    }

    private static int size(Work work, boolean savepoints) {
        if (savepoints) {
            return work.between(2, 6);
        }
        return work.chance(75) ? 1 : work.between(2, 8);
    }

    /** Runs an action that the transaction may do without: it is rolled back alone, at random or after an error. */
    private static void inSavepoint(Work work, Action action) throws SQLException {
        Savepoint savepoint = work.connection().setSavepoint();
        boolean kept = !work.chance(40);
        try {
            action.run(work);
            if (work.chance(5)) {
                BankActions.violateKey(work);
            }
        } catch (SQLException e) {
            // If the connection is broken, the rollback throws.
            kept = false;
        }
        if (!kept) {
            work.connection().rollback(savepoint);
        } else if (work.chance(50)) {
            work.connection().releaseSavepoint(savepoint);
        }
    }

    private Action draw(Work work) {
        int at = work.random().nextInt(total);
        for (Weighted each : actions) {
            at -= each.weight;
            if (at < 0) {
                return each.action;
            }
        }
        throw new AssertionError("the weights are not " + total);
    }

    private void add(int weight, Action action) {
        actions.add(new Weighted(weight, action));
        total += weight;
    }

    private record Weighted(int weight, Action action) {}
}
