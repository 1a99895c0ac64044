// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Some consecutive events of one transaction. It knows how many there were of each table at any moment, so the offset
 * of an event need not have a copy of the counts: Connect reads one offset of thousands. To know it, it goes through
 * the events, so they are few, and another one continues once this is {@linkplain #isFull full}.
 *
 * <p>One thread adds. Any thread may read what had been added before it was given something to read.
 */
final class CountedEvents {

    private static final int FEW = 4;

    /** To begin another one costs a copy of the counts of all tables. */
    private static final int FULL = 4_096;

    private static final int FULL_PER_TABLE = 4;

    private final Map<String, Long> before;
    private final long countedBefore;
    private int size;

    /** The number of each table's name; only for the thread that adds. */
    private final Map<String, Integer> numbers = new HashMap<>();

    /** The names by number. Replaced when it grows: a reader sees all that its own events need in either array. */
    private volatile String[] names = new String[FEW];

    /** The number of the table of each event. */
    private volatile int[] tables = new int[FEW];

    /** @param before how many events of each table there were before the first one that is added */
    CountedEvents(Map<String, Long> before) {
        this.before = before;
        this.countedBefore = before.values().stream().mapToLong(Long::longValue).sum();
    }

    /** How many events the transaction has so far, including those before the first one that was added. */
    long total() {
        return totalAfter(size);
    }

    /** How many events the transaction had after a number of added ones. */
    long totalAfter(int events) {
        return countedBefore + events;
    }

    /** How many have been added. */
    int size() {
        return size;
    }

    /** Whether further events should go into another one. */
    boolean isFull() {
        return size >= Math.max(FULL, FULL_PER_TABLE * before.size());
    }

    /** Adds an event; returns how many have been added now. */
    int add(String table) {
        int[] all = tables;
        if (size == all.length) {
            all = Arrays.copyOf(all, 2 * size);
        }
        all[size++] = number(table);
        tables = all;
        return size;
    }

    private int number(String table) {
        Integer known = numbers.get(table);
        if (known != null) {
            return known;
        }
        int number = numbers.size();
        String[] all = names;
        if (number == all.length) {
            all = Arrays.copyOf(all, 2 * number);
        }
        all[number] = table;
        names = all;
        numbers.put(table, number);
        return number;
    }

    /** How many events of each table there were after a number of added ones. Tables without events are left out. */
    Map<String, Long> after(int events) {
        int[] all = tables;
        String[] byNumber = names;
        long[] counts = new long[byNumber.length];
        for (int i = 0; i < events; i++) {
            counts[all[i]]++;
        }
        Map<String, Long> result = new HashMap<>(before);
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                result.merge(byNumber[i], counts[i], Long::sum);
            }
        }
        return result;
    }
}
