// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.check;

import dev.tributary.sandbox.chaos.load.Change;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The history of a key around a problem: what was committed and what arrived. */
final class KeyText {

    private static final int AROUND = 9;

    private final String relation;
    private final String key;
    private final History history;
    private final List<Arrival> arrivals;
    private final Allowances allowances;

    KeyText(String relation, String key, History history, List<Arrival> arrivals, Allowances allowances) {
        this.relation = relation;
        this.key = key;
        this.history = history;
        this.arrivals = arrivals;
        this.allowances = allowances;
    }

    /**
     * @param index the record that was unexpected; the number of records for their end
     * @param position the position in the history that it is about; 0 if unknown
     */
    String of(String what, int index, int position) {
        StringBuilder text = new StringBuilder();
        text.append(relation).append(' ').append(key).append(": ").append(what).append('\n');
        text.append("  committed, in this order:\n");
        window(text, 1, history.size(), position, this::committed);
        text.append("  arrived, in this order:\n");
        window(text, 0, arrivals.size() - 1, index, at -> arrived(arrivals.get(at)));
        return text.toString().stripTrailing();
    }

    private static void window(StringBuilder text, int first, int last, int middle, IntFunction<String> line) {
        int from = Math.max(first, Math.min(middle, last) - AROUND);
        int to = Math.min(last, middle + AROUND);
        if (from > first) {
            text.append("      … ").append(from - first).append(" before\n");
        }
        for (int at = from; at <= to; at++) {
            text.append(at == middle ? "    > " : "      ")
                    .append(line.apply(at).stripTrailing())
                    .append('\n');
        }
        if (to < last) {
            text.append("      … ").append(last - to).append(" after\n");
        }
        if (last < first) {
            text.append("      nothing\n");
        } else if (middle > last) {
            text.append("    > the end\n");
        }
    }

    private String committed(int position) {
        Change change = history.change(position);
        String op = history.isTombstone(position) ? "tombstone" : String.valueOf(change.op());
        String reasons = history.mayBeMissing(position) ? "  may be missing: " + allowances.reasons(change) : "";
        return String.format(
                Locale.ROOT,
                "seq %-8d %-9s %-8s %s%s",
                change.seq(),
                op,
                brief(change.tag()),
                Lsns.text(change.lsn()),
                reasons);
    }

    static String arrived(Arrival arrival) {
        String op = arrival.op() == Arrival.TOMBSTONE ? "tombstone" : String.valueOf(arrival.op());
        return String.format(
                Locale.ROOT,
                "%s-%d offset %-8d seq %-8d %-9s %-8s %s%s",
                arrival.topic(),
                arrival.partition(),
                arrival.offset(),
                arrival.seq(),
                op,
                brief(arrival.tag()),
                Lsns.text(arrival.lsn()),
                arrival.snapshot() == null ? "" : "  snapshot " + arrival.snapshot());
    }

    static String brief(@Nullable String tag) {
        return tag == null ? "-" : tag.substring(0, Math.min(8, tag.length()));
    }
}
