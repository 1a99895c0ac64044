// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

import dev.tributary.postgres.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tables of which everything is complete, with their identities. It is a value, but one that shares its content with
 * the values before and after it: all of them are the beginnings of one list that only grows. So the records that wait
 * for Kafka, each with the tables that are complete once it is stored, need no more memory for ten thousand tables than
 * for ten.
 */
final class CompleteTables {

    static final CompleteTables NONE = new CompleteTables(new Growing(), 0);

    private static final String SHORT = "~";

    private final Growing list;
    private final int count;

    /** Guarded by its own lock, because offsets are read on another thread. */
    private static final class Growing {

        private final List<TableName> tables = new ArrayList<>();
        private final List<String> identities = new ArrayList<>();
        private final Map<TableName, Integer> places = new HashMap<>();

        /** Adds an entry at a place; returns false if the place is taken. */
        synchronized boolean add(int place, TableName table, String identity) {
            if (place != tables.size() || places.containsKey(table)) {
                return false;
            }
            places.put(table, place);
            tables.add(table);
            identities.add(identity);
            return true;
        }

        synchronized @Nullable String identity(TableName table, int count) {
            Integer place = places.get(table);
            return place == null || place >= count ? null : identities.get(place);
        }

        synchronized Map<TableName, String> first(int count) {
            Map<TableName, String> entries = new LinkedHashMap<>();
            for (int i = 0; i < count; i++) {
                entries.put(tables.get(i), identities.get(i));
            }
            return entries;
        }
    }

    private CompleteTables(Growing list, int count) {
        this.list = list;
        this.count = count;
    }

    /** Returns these tables and one more. Its identity is shortened: nothing but equality matters any more. */
    CompleteTables with(TableName table, String identity) {
        String shortened = shortened(identity);
        if (shortened.equals(list.identity(table, count))) {
            return this;
        }
        if (count > 0 && list.add(count, table, shortened)) {
            return new CompleteTables(list, count + 1);
        }
        Map<TableName, String> entries = list.first(count);
        entries.remove(table);
        entries.put(table, shortened);
        return copy(entries);
    }

    /** Returns these tables without one. */
    CompleteTables without(TableName table) {
        if (list.identity(table, count) == null) {
            return this;
        }
        Map<TableName, String> entries = list.first(count);
        entries.remove(table);
        return copy(entries);
    }

    private static CompleteTables copy(Map<TableName, String> entries) {
        Growing list = new Growing();
        entries.forEach((table, identity) -> list.add(list.tables.size(), table, identity));
        return new CompleteTables(list, entries.size());
    }

    /** Returns the shortened identity of a table; null if it is not among them. */
    @Nullable
    String identity(TableName table) {
        return list.identity(table, count);
    }

    /** Returns the tables in the order in which they were added, with their shortened identities. */
    Map<TableName, String> entries() {
        return list.first(count);
    }

    int size() {
        return count;
    }

    /** Returns a few characters that differ, in all likelihood, whenever the identity does. */
    static String shortened(String identity) {
        return identity.startsWith(SHORT)
                ? identity
                : SHORT + Integer.toHexString(identity.hashCode() * 31 + identity.length());
    }
}
