// SPDX-License-Identifier: Apache-2.0
package dev.tributary.avro;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;

/** What changed from one Avro schema to another, in words. */
final class SchemaChanges {

    private final List<String> changes = new ArrayList<>();
    private final Set<String> compared = new HashSet<>();

    private SchemaChanges() {}

    /** The changes; at least one unless only documentation, properties or defaults differ. */
    static List<String> between(Schema before, Schema after) {
        SchemaChanges all = new SchemaChanges();
        all.compare("", before, after);
        return all.changes;
    }

    private void compare(String path, Schema before, Schema after) {
        if (allowsNull(before) != allowsNull(after)) {
            changes.add(name(path) + (allowsNull(after) ? " can be null now" : " can no longer be null"));
        }
        Schema old = ToConnectValue.withoutNull(before);
        Schema current = ToConnectValue.withoutNull(after);
        if (!typeOf(old).equals(typeOf(current))) {
            changes.add(name(path) + " was " + typeOf(old) + " and is " + typeOf(current));
        }
        if (old.getType() != current.getType()) {
            return;
        }
        if (current.getType() == Schema.Type.RECORD) {
            if (compared.add(current.getFullName())) {
                compareFields(path, old, current);
            }
        } else if (current.getType() == Schema.Type.ARRAY) {
            compare(path + "[]", old.getElementType(), current.getElementType());
        } else if (current.getType() == Schema.Type.MAP) {
            compare(path + "{}", old.getValueType(), current.getValueType());
        }
    }

    private void compareFields(String path, Schema before, Schema after) {
        String prefix = path.isEmpty() ? "" : path + '.';
        for (Schema.Field field : after.getFields()) {
            Schema.Field old = before.getField(field.name());
            if (old == null) {
                changes.add("field " + prefix + field.name() + " was added"
                        + (field.hasDefaultValue() ? "" : " without a default"));
            } else {
                compare(prefix + field.name(), old.schema(), field.schema());
            }
        }
        for (Schema.Field field : before.getFields()) {
            if (after.getField(field.name()) == null) {
                changes.add("field " + prefix + field.name() + " was removed"
                        + (field.hasDefaultValue() ? "" : " and had no default"));
            }
        }
    }

    private static String name(String path) {
        return path.isEmpty() ? "the schema" : "field " + path;
    }

    private static boolean allowsNull(Schema schema) {
        return schema.getType() == Schema.Type.UNION
                && schema.getTypes().stream().anyMatch(member -> member.getType() == Schema.Type.NULL);
    }

    private static String typeOf(Schema schema) {
        String base = switch (schema.getType()) {
            case RECORD, ENUM, FIXED -> schema.getFullName();
            default -> schema.getType().getName();
        };
        String logical = schema.getProp("logicalType");
        return logical == null ? base : base + " (" + logical + scale(schema) + ")";
    }

    private static String scale(Schema schema) {
        Object scale = schema.getObjectProp("scale");
        return scale == null ? "" : ", scale " + scale;
    }
}
