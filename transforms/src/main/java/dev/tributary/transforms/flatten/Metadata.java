// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.flatten;

import dev.tributary.transforms.event.FieldPath;
import dev.tributary.transforms.event.Schemas;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A field of the envelope that goes along with the row. Written as Debezium's {@code add.fields} has it: {@code op},
 * {@code lsn}, {@code source.ts_ms}, {@code transaction.id}, each with {@code :name} behind it if the name shall be another.
 *
 * @param inPart where it is looked for first: {@code source.lsn}
 * @param onTop where it is looked for then, since transforms before this one may have put it there: {@code lsn}
 * @param name what it is called in the row or in the headers
 */
public record Metadata(FieldPath inPart, FieldPath onTop, String name) {

    private static final Set<String> OF_THE_ENVELOPE = Set.of("op", "ts_ms", "ts_us", "ts_ns");
    private static final Set<String> OF_THE_TRANSACTION = Set.of("id", "total_order", "data_collection_order");

    /**
     * @param prefix goes before each name
     * @throws IllegalArgumentException if an entry is none, or two get the same name
     */
    public static List<Metadata> parse(List<String> entries, String prefix) {
        List<Metadata> parsed = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (String entry : entries) {
            Metadata metadata = parse(entry.strip(), prefix);
            if (!names.add(metadata.name)) {
                throw new IllegalArgumentException("'" + entry + "' gets the name " + metadata.name
                        + ", and so does another; give one of them a name of its own, as in op:operation");
            }
            parsed.add(metadata);
        }
        return List.copyOf(parsed);
    }

    private static Metadata parse(String entry, String prefix) {
        String[] parts = entry.split(":", -1);
        String[] names = parts[0].split("\\.", -1);
        if (parts.length > 2 || names.length > 2 || List.of(names).contains("") || parts[parts.length - 1].isBlank()) {
            throw new IllegalArgumentException(
                    "'" + entry + "' is neither a field of the envelope, such as op, source.lsn or"
                            + " transaction.id, nor one with a name for it, such as op:operation");
        }
        String field = names[names.length - 1];
        FieldPath onTop = new FieldPath(List.of(field));
        String renamed = prefix + (parts.length == 2 ? parts[1] : String.join("_", names));
        if (names.length == 2) {
            return new Metadata(new FieldPath(List.of(names)), onTop, renamed);
        }
        if (OF_THE_ENVELOPE.contains(field)) {
            return new Metadata(onTop, onTop, renamed);
        }
        String part = OF_THE_TRANSACTION.contains(field) ? "transaction" : "source";
        return new Metadata(new FieldPath(List.of(part, field)), onTop, renamed);
    }

    /** Those of the fields that events of a schema have. */
    static List<Present> presentIn(Schema envelope, List<Metadata> wanted) {
        List<Present> present = new ArrayList<>();
        for (Metadata metadata : wanted) {
            FieldPath path = metadata.inPart.schemaIn(envelope) == null ? metadata.onTop : metadata.inPart;
            Schema schema = path.schemaIn(envelope);
            if (schema != null) {
                present.add(new Present(metadata.name, path, Schemas.optional(schema)));
            }
        }
        return List.copyOf(present);
    }

    /** Its place in an event without a schema; null if the event does not have it. */
    @Nullable
    FieldPath in(Map<?, ?> envelope) {
        if (inPart.isIn(envelope)) {
            return inPart;
        }
        return onTop.isIn(envelope) ? onTop : null;
    }

    /**
     * A field that all events of a schema have.
     *
     * @param schema its own, for values that may be missing: a transaction is, in the rows of a snapshot
     */
    record Present(String name, FieldPath path, Schema schema) {}

    /** Whether it is {@code op}, the only one that a tombstone can tell. */
    public boolean isOperation() {
        return inPart.equals(onTop) && inPart.names().get(0).equals("op");
    }
}
