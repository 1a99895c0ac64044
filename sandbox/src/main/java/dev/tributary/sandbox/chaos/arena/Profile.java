// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.arena;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The size of a run. */
public enum Profile {
    /** Fits into a test: little content, smaller transactions. */
    SMALL(10_000, 40, 20_000, "256m", "512m"),
    /** Everything at full size. */
    FULL(25_000, 100, 100_000, "320m", "768m");

    private final int rows;
    private final int rate;
    private final int largestTransaction;
    private final String brokerHeap;
    private final String workerHeap;

    Profile(int rows, int rate, int largestTransaction, String brokerHeap, String workerHeap) {
        this.rows = rows;
        this.rate = rate;
        this.largestTransaction = largestTransaction;
        this.brokerHeap = brokerHeap;
        this.workerHeap = workerHeap;
    }

    /** The profile of a name as in {@code --profile}. */
    public static Optional<Profile> named(String name) {
        return Arrays.stream(values()).filter(each -> each.title().equals(name)).findFirst();
    }

    public String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The rows of the tables before the start. */
    int rows() {
        return rows;
    }

    /** Transactions per second. */
    int rate() {
        return rate;
    }

    int largestTransaction() {
        return largestTransaction;
    }

    String brokerHeap() {
        return brokerHeap;
    }

    String workerHeap() {
        return workerHeap;
    }
}
