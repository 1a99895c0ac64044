// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.load;

/**
 * The bank: accounts in {@link LoadTable#ACCOUNT} and {@link LoadTable#SAVINGS}. Each transaction moves money between
 * them, so after each one the sum of all balances is {@link #SUM}.
 */
public final class Bank {

    /** What an account has in the beginning. */
    static final long INITIAL = 1_000;

    /** The accounts have the ids from 0. */
    static final int ACCOUNTS = 500;

    /** The ids of savings accounts, from 0. The lower half exists in the beginning. */
    static final int SAVINGS = 400;

    /** The sum of all balances. */
    public static final long SUM = INITIAL * (ACCOUNTS + SAVINGS / 2);

    private Bank() {}

    /** Whether a table has accounts. */
    public static boolean has(String relation) {
        return relation.equals(LoadTable.ACCOUNT.relation()) || relation.equals(LoadTable.SAVINGS.relation());
    }
}
