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
 * A column that is sent along with the payload. Written as in Debezium: {@code type:header},
 * {@code type:envelope:eventType}, {@code shard:partition}.
 *
 * @param column of the outbox table
 * @param placement where it goes
 * @param name its name there
 */
public record AdditionalColumn(String column, Placement placement, String name) {

    /** The header that every message has. */
    static final String ID = "id";

    /** The field of an envelope that contains the payload. */
    static final String PAYLOAD = "payload";

    /** Where a column goes. */
    public enum Placement {
        HEADER,
        /** Into the value, next to the payload. */
        ENVELOPE,
        /** It is the number of the partition that the message goes to. */
        PARTITION;

        private String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @throws IllegalArgumentException if an entry is not valid, or entries conflict */
    public static List<AdditionalColumn> parse(List<String> entries) {
        List<AdditionalColumn> parsed = new ArrayList<>();
        Set<String> headers = new HashSet<>(Set.of(ID));
        Set<String> fields = new HashSet<>(Set.of(PAYLOAD));
        for (String entry : entries) {
            AdditionalColumn column = parse(entry);
            switch (column.placement) {
                case HEADER -> addTo(headers, "header", column.name);
                case ENVELOPE -> addTo(fields, "field", column.name);
                case PARTITION -> {
                    if (parsed.stream().anyMatch(other -> other.placement == Placement.PARTITION)) {
                        throw new IllegalArgumentException("only one column can be the partition");
                    }
                }
            }
            parsed.add(column);
        }
        return List.copyOf(parsed);
    }

    /** Whether an entry goes into the envelope; also true if an entry is not valid. */
    public static boolean anyInEnvelope(List<?> entries) {
        try {
            return parse(entries.stream().map(String::valueOf).toList()).stream()
                    .anyMatch(column -> column.placement == Placement.ENVELOPE);
        } catch (IllegalArgumentException e) {
            return true;
        }
    }

    private static void addTo(Set<String> names, String what, String name) {
        if (!names.add(name)) {
            throw new IllegalArgumentException("there is already a " + what + " " + name
                    + "; give the column another name, as in type:"
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
                    + "' is neither column:placement, such as type:header, nor column:placement:name,"
                    + " such as type:header:eventType");
        }
        Placement placement = Arrays.stream(Placement.values())
                .filter(one -> one.text().equals(parts[1]))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + entry
                        + "' has no valid placement; it must be one of "
                        + Arrays.stream(Placement.values()).map(Placement::text).collect(Collectors.joining(", "))));
        if (placement == Placement.PARTITION && parts.length == 3) {
            throw new IllegalArgumentException("'" + entry + "': a partition has no name; leave it out");
        }
        return new AdditionalColumn(parts[0], placement, parts.length == 3 ? parts[2] : parts[0]);
    }
}
