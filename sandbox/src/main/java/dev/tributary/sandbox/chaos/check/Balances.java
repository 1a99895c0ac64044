// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.check;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The balances of the bank's accounts, each by the tag of the version of the row that has it. */
public final class Balances {

    private final Map<String, Long> byTag = new HashMap<>();

    void put(String tag, long balance) {
        byTag.put(tag, balance);
    }

    /** The balance in a version of a row; null if no record of it was read. */
    @Nullable
    Long of(String tag) {
        return byTag.get(tag);
    }
}
