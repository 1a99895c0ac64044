// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.outbox;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A column that goes along with the payload. Written as Debezium has it: {@code type:header}, {@code type:envelope:eventType},
 * {@code shard:partition}.
 *
 * @param column of the outbox table
 * @param place where it goes
 * @param name what it is called there
 */
public record AdditionalColumn(String column, Placement place, String name) {

    /** The header that each message has. */
    static final String ID = "id";

    /** The field of the payload in an envelope. */
    static final String PAYLOAD = "payload";

    /** Where a column goes. */
    public enum Placement {
        HEADER,
        /** Beside the payload, in the value. */
        ENVELOPE,
        /** It says which partition the message goes to. */
        PARTITION;

        private String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @throws IllegalArgumentException if an entry is none, or two do not go together */
    public static List<AdditionalColumn> parse(List<String> entries) {
        List<AdditionalColumn> parsed = new ArrayList<>();
        Set<String> headers = new HashSet<>(Set.of(ID));
        Set<String> fields = new HashSet<>(Set.of(PAYLOAD));
        for (String entry : entries) {
            AdditionalColumn column = parse(entry);
            switch (column.place) {
                case HEADER -> addTo(headers, "header", column.name);
                case ENVELOPE -> addTo(fields, "field", column.name);
                case PARTITION -> {
                    if (parsed.stream().anyMatch(other -> other.place == Placement.PARTITION)) {
                        throw new IllegalArgumentException("only one column can say which partition it is");
                    }
                }
            }
            parsed.add(column);
        }
        return List.copyOf(parsed);
    }

    /** Whether one of the entries goes into the envelope; also if there are some that are none. */
    public static boolean anyInEnvelope(List<?> entries) {
        try {
            return parse(entries.stream().map(String::valueOf).toList()).stream()
                    .anyMatch(column -> column.place == Placement.ENVELOPE);
        } catch (IllegalArgumentException e) {
            return true;
        }
    }

    private static void addTo(Set<String> names, String what, String name) {
        if (!names.add(name)) {
            throw new IllegalArgumentException("there is a " + what + " " + name
                    + " already; give the column a name of its own, as in type:"
                    + (what.equals("field") ? "envelope" : what)
                    + ":eventType");
        }
    }

    private static AdditionalColumn parse(String entry) {
        String[] parts = entry.split(":", -1);
        for (int i = 0; i < parts.length; i++) {
            parts[i] = parts[i].strip();
        }
        if (parts.length < 2 || parts.length > 3 || List.of(parts).contains("")) {
            throw new IllegalArgumentException("'" + entry
                    + "' is neither a column and its place, such as type:header, nor one with a name for it,"
                    + " such as type:header:eventType");
        }
        Placement place = Arrays.stream(Placement.values())
                .filter(one -> one.text().equals(parts[1]))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + entry + "' has no place; it is one of "
                        + Arrays.stream(Placement.values()).map(Placement::text).collect(Collectors.joining(", "))));
        if (place == Placement.PARTITION && parts.length == 3) {
            throw new IllegalArgumentException("'" + entry + "': a partition has no name; leave it out");
        }
        return new AdditionalColumn(parts[0], place, parts.length == 3 ? parts[2] : parts[0]);
    }
}
