// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.load;

import java.sql.SQLException;
import java.util.OptionalLong;

/** What the customers of the {@link Bank} do. */
final class BankActions {

    private BankActions() {}

    static void transfer(Work work) throws SQLException {
        int source = account(work);
        int target = (source + work.between(1, Bank.ACCOUNTS - 1)) % Bank.ACCOUNTS;
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

    /** Moves money from one table to the other. */
    static void save(Work work) throws SQLException {
        long amount = work.between(-100, 100);
        int id = work.random().nextInt(Bank.SAVINGS);
        if (work.update("UPDATE savings SET balance = balance + ? WHERE id = ?", amount, id) == 1) {
            add(work, account(work), -amount);
        }
    }

    /** Opens a savings account. */
    static void open(Work work) throws SQLException {
        long amount = work.between(1, 500);
        int opened = work.update(
                "INSERT INTO savings (id, holder, balance) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                work.ownId(Bank.SAVINGS),
                work.text(),
                amount);
        if (opened == 1) {
            add(work, account(work), -amount);
        }
    }

    /** Closes one, and pays out what it has. */
    static void close(Work work) throws SQLException {
        OptionalLong left = work.number("DELETE FROM savings WHERE id = ? RETURNING balance", work.ownId(Bank.SAVINGS));
        if (left.isPresent()) {
            add(work, account(work), left.getAsLong());
        }
    }

    /** Changes the key of one. */
    static void renumber(Work work) throws SQLException {
        int id = work.ownId(Bank.SAVINGS);
        work.update(
                "UPDATE savings SET id = ? WHERE id = ? AND NOT EXISTS (SELECT FROM savings WHERE id = ?)",
                id,
                work.ownId(Bank.SAVINGS),
                id);
    }

    /** Moves money between many pairs of accounts, several times: up to some thousand changes. */
    static void settle(Work work) throws SQLException {
        int rounds = work.between(1, 8);
        for (int round = 0; round < rounds; round++) {
            long amount = work.between(1, 10);
            int from = 2 * work.random().nextInt(Bank.ACCOUNTS / 2);
            work.update(
                    "UPDATE account SET balance = balance + CASE WHEN id % 2 = 0 THEN ?::bigint ELSE ?::bigint END"
                            + " WHERE id >= ? AND id < ?",
                    amount, -amount, from, from + 2 * work.between(1, Bank.ACCOUNTS / 2));
        }
    }

    /** Always fails. */
    static void violateKey(Work work) throws SQLException {
        work.update("INSERT INTO account (id, owner, balance) VALUES (0, 'nobody', 0)");
    }

    private static int account(Work work) {
        return work.random().nextInt(Bank.ACCOUNTS);
    }

    private static void add(Work work, int account, long amount) throws SQLException {
        work.update("UPDATE account SET balance = balance + ? WHERE id = ?", amount, account);
    }
}
