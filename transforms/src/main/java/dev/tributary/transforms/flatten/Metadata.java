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
 * A field of the envelope that is added to the row or to the headers. Written as in Debezium's {@code add.fields}:
 * {@code op}, {@code lsn}, {@code source.ts_ms}, {@code transaction.id}, each optionally followed by {@code :name} to
 * rename it.
 *
 * @param inPart where to look first: {@code source.lsn}
 * @param onTop where to look next, since an earlier transform may have moved the field there: {@code lsn}
 * @param name its name in the row or in the headers
 */
public record Metadata(FieldPath inPart, FieldPath onTop, String name) {

    private static final Set<String> ENVELOPE_FIELDS = Set.of("op", "ts_ms", "ts_us", "ts_ns");
    private static final Set<String> TRANSACTION_FIELDS = Set.of("id", "total_order", "data_collection_order");

    /**
     * @param prefix prepended to each name
     * @throws IllegalArgumentException if an entry is not valid, or two entries get the same name
     */
    public static List<Metadata> parse(List<String> entries, String prefix) {
        List<Metadata> parsed = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (String entry : entries) {
            Metadata metadata = parse(entry.strip(), prefix);
            if (!names.add(metadata.name)) {
                throw new IllegalArgumentException("'" + entry + "' gets the name " + metadata.name
                        + ", as another entry does; rename one of them, as in op:operation");
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
                            + " transaction.id, nor such a field with a new name, such as op:operation");
        }
        String field = names[names.length - 1];
        FieldPath onTop = new FieldPath(List.of(field));
        String renamed = prefix + (parts.length == 2 ? parts[1] : String.join("_", names));
        if (names.length == 2) {
            return new Metadata(new FieldPath(List.of(names)), onTop, renamed);
        }
        if (ENVELOPE_FIELDS.contains(field)) {
            return new Metadata(onTop, onTop, renamed);
        }
        String part = TRANSACTION_FIELDS.contains(field) ? "transaction" : "source";
        return new Metadata(new FieldPath(List.of(part, field)), onTop, renamed);
    }

    /** The fields that events of a schema have. */
    static List<Present> presentIn(Schema envelope, List<Metadata> requested) {
        List<Present> present = new ArrayList<>();
        for (Metadata metadata : requested) {
            FieldPath path = metadata.inPart.schemaIn(envelope) == null ? metadata.onTop : metadata.inPart;
            Schema schema = path.schemaIn(envelope);
            if (schema != null) {
                present.add(new Present(metadata.name, path, Schemas.optional(schema)));
            }
        }
        return List.copyOf(present);
    }

    /** The path of the field in an event without a schema; null if the event does not have the field. */
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
     * @param schema the field's own schema, made optional: the rows of a snapshot, for example, have no transaction
     */
    record Present(String name, FieldPath path, Schema schema) {}

    /** Whether it is {@code op}, the only field for which a tombstone has a value. */
    public boolean isOperation() {
        return inPart.equals(onTop) && inPart.names().get(0).equals("op");
    }
}
