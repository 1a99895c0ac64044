// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.check;

import dev.tributary.sandbox.chaos.load.Change;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The large values that records leave out. An update that does not change the value leaves it as the version of the row
 * before has it; so does the insert that follows a delete if the key of a row changes.
 */
final class LargeValues {

    private final Allowances allowances;
    /** The values by the version of the row. */
    private final Map<String, String> values = new HashMap<>();
    /** The versions whose records have arrived. */
    private final Set<String> arrived = new HashSet<>();

    private final Map<String, Change> changes = new HashMap<>();
    /** The version before each version. */
    private final Map<String, String> before = new HashMap<>();

    /** @param inOrder the changes of the table in commit order, without TRUNCATE */
    LargeValues(List<Arrival> arrivals, List<Change> inOrder, Allowances allowances) {
        this.allowances = allowances;
        if (arrivals.stream().noneMatch(arrival -> arrival.payload() == Arrival.Payload.LEFT_OUT)) {
            return;
        }
        arrivals.forEach(this::add);
        link(inOrder);
    }

    /** Finds the version before each one. */
    private void link(List<Change> inOrder) {
        Map<String, Change> last = new HashMap<>();
        for (Change change : inOrder) {
            Change previous = last.put(Objects.requireNonNullElse(change.key(), ""), change);
            if (change.op() != Change.DELETE) {
                changes.put(change.tag(), change);
            }
            if (change.op() == Change.UPDATE && previous != null) {
                before.put(change.tag(), previous.tag());
            }
        }
        // The insert of a change of the key has its seq before the delete of the old key, and changes of other
        // transactions, even some with the same LSN, can have theirs in between. Any other insert has all values.
        Map<Long, Change> nextDelete = new HashMap<>();
        for (int index = inOrder.size() - 1; index >= 0; index--) {
            Change change = inOrder.get(index);
            Change next = nextDelete.get(change.xid());
            if (change.op() == Change.DELETE) {
                nextDelete.put(change.xid(), change);
            } else if (change.op() == Change.CREATE && next != null) {
                before.put(change.tag(), next.tag());
            }
        }
    }

    private void add(Arrival arrival) {
        String tag = arrival.tag();
        if (tag != null && arrival.hasRow()) {
            arrived.add(tag);
            LargeValue large = arrival.large();
            if (large != null && large.value() != null) {
                values.put(tag, large.value());
            }
        }
    }

    /** Whether the row of a record that leaves the value out cannot be the committed one. */
    boolean isWrong(Arrival arrival, LargeValue large, Change change) {
        boolean certain = true;
        String version = before.get(change.tag());
        Set<String> passed = new HashSet<>(Set.of(change.tag()));
        while (version != null && !values.containsKey(version) && passed.add(version)) {
            // A change that is missing can have written another value.
            certain &= arrived.contains(version) || !mayBeMissing(version);
            version = before.get(version);
        }
        @Nullable String value = version == null ? null : values.get(version);
        if (value == null) {
            // Without an earlier version it is an insert, and those have all values.
            return certain;
        }
        return certain && !large.digestWith(value).equals(arrival.digest());
    }

    private boolean mayBeMissing(String version) {
        Change change = changes.get(version);
        return change == null || allowances.mayBeMissing(change);
    }
}
