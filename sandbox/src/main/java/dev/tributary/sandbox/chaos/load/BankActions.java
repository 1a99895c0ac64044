// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.load;

import java.sql.SQLException;

/** The bank: transfers between accounts, whose sum is constant. */
final class BankActions {

    /** The accounts have the ids from 0. */
    static final int ACCOUNTS = 500;

    private BankActions() {}

    static void transfer(Work work) throws SQLException {
        int source = work.random().nextInt(ACCOUNTS);
        int target = (source + work.between(1, ACCOUNTS - 1)) % ACCOUNTS;
        int amount = work.between(1, 100);
        // In this order, transactions of one transfer cannot deadlock. Some must.
        boolean ordered = source < target || work.chance(10);
        add(work, ordered ? source : target, ordered ? -amount : amount);
        add(work, ordered ? target : source, ordered ? amount : -amount);
        work.update("INSERT INTO transfer (source, target, amount) VALUES (?, ?, ?)", source, target, (long) amount);
    }

    static void deleteTransfers(Work work) throws SQLException {
        work.update("""
                DELETE FROM transfer WHERE id IN
                    (SELECT id FROM transfer ORDER BY id LIMIT ? FOR UPDATE SKIP LOCKED)""", work.between(1, 60));
    }

    /** Always fails. */
    static void violateKey(Work work) throws SQLException {
        work.update("INSERT INTO account (id, owner, balance) VALUES (0, 'nobody', 0)");
    }

    private static void add(Work work, int account, int amount) throws SQLException {
        work.update("UPDATE account SET balance = balance + ? WHERE id = ?", (long) amount, account);
    }
}
