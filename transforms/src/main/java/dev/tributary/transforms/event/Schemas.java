// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.event;

import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** Schemas that are made of others. */
public final class Schemas {

    private Schemas() {}

    /** The schema of the rows in an envelope; null if it has none. */
    public static @Nullable Schema row(Schema envelope) {
        return Envelope.of(envelope).map(Envelope::rowSchema).orElse(null);
    }

    /** A struct with the same name, version, documentation and parameters, and no fields yet. */
    public static SchemaBuilder copyWithoutFields(Schema struct) {
        return described(SchemaBuilder.struct(), struct);
    }

    /** The same schema for values that may be missing; it has no default. */
    public static Schema optional(Schema schema) {
        if (schema.isOptional() && schema.defaultValue() == null) {
            return schema;
        }
        SchemaBuilder builder = switch (schema.type()) {
            case ARRAY -> SchemaBuilder.array(schema.valueSchema());
            case MAP -> SchemaBuilder.map(schema.keySchema(), schema.valueSchema());
            default -> new SchemaBuilder(schema.type());
        };
        if (schema.type() == Schema.Type.STRUCT) {
            schema.fields().forEach(field -> builder.field(field.name(), field.schema()));
        }
        return described(builder, schema).optional().build();
    }

    /** The value that was put, null if none was: what a copy has to hold, so that a null stays a null. */
    public static @Nullable Object withoutDefault(Struct struct, Field field) {
        return field.schema().defaultValue() == null ? struct.get(field) : struct.getWithoutDefault(field.name());
    }

    private static SchemaBuilder described(SchemaBuilder builder, Schema like) {
        builder.name(like.name()).version(like.version()).doc(like.doc());
        if (like.parameters() != null) {
            builder.parameters(like.parameters());
        }
        return builder;
    }
}
