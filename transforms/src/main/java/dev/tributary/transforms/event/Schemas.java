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

    /** A struct with the same name, version, documentation, parameters and optionality, and no fields yet. */
    public static SchemaBuilder copyWithoutFields(Schema struct) {
        SchemaBuilder builder = requiredWithoutFields(struct);
        return struct.isOptional() ? builder.optional() : builder;
    }

    /** The same, but that a value must not be missing. */
    public static SchemaBuilder requiredWithoutFields(Schema struct) {
        return described(SchemaBuilder.struct(), struct);
    }

    /** The same schema for values that may be missing; it has no default. */
    public static Schema optional(Schema schema) {
        return schema.isOptional() && schema.defaultValue() == null
                ? schema
                : copyWithoutDefault(schema).optional().build();
    }

    /** The same array for other elements; it has no default. */
    public static Schema array(Schema array, Schema elements) {
        return alike(SchemaBuilder.array(elements), array);
    }

    /** The same map for other values; it has no default. */
    public static Schema map(Schema map, Schema values) {
        return alike(SchemaBuilder.map(map.keySchema(), values), map);
    }

    private static Schema alike(SchemaBuilder builder, Schema like) {
        described(builder, like);
        return like.isOptional() ? builder.optional().build() : builder.build();
    }

    /** The same schema, but that a missing value stays missing. */
    public static Schema withoutDefault(Schema schema) {
        if (schema.defaultValue() == null) {
            return schema;
        }
        SchemaBuilder builder = copyWithoutDefault(schema);
        return schema.isOptional() ? builder.optional().build() : builder.build();
    }

    private static SchemaBuilder copyWithoutDefault(Schema schema) {
        SchemaBuilder builder = switch (schema.type()) {
            case ARRAY -> SchemaBuilder.array(schema.valueSchema());
            case MAP -> SchemaBuilder.map(schema.keySchema(), schema.valueSchema());
            default -> new SchemaBuilder(schema.type());
        };
        if (schema.type() == Schema.Type.STRUCT) {
            schema.fields().forEach(field -> builder.field(field.name(), field.schema()));
        }
        return described(builder, schema);
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
