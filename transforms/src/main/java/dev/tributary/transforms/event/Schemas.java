// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.event;

import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** Derives schemas from others. */
public final class Schemas {

    private Schemas() {}

    /** The schema of the rows in an envelope; null if there is none. */
    public static @Nullable Schema row(Schema envelope) {
        return Envelope.of(envelope).map(Envelope::rowSchema).orElse(null);
    }

    /** A struct without fields, with the same name, version, documentation, parameters and optionality. */
    public static SchemaBuilder copyWithoutFields(Schema struct) {
        SchemaBuilder builder = requiredWithoutFields(struct);
        return struct.isOptional() ? builder.optional() : builder;
    }

    /** The same, but required. */
    public static SchemaBuilder requiredWithoutFields(Schema struct) {
        return withAttributes(SchemaBuilder.struct(), struct);
    }

    /** The same schema, but optional and without a default. */
    public static Schema optional(Schema schema) {
        return schema.isOptional() && schema.defaultValue() == null
                ? schema
                : copyWithoutDefault(schema).optional().build();
    }

    /** The same array with other elements, without a default. */
    public static Schema array(Schema array, Schema elements) {
        return like(SchemaBuilder.array(elements), array);
    }

    /** The same map with other values, without a default. */
    public static Schema map(Schema map, Schema values) {
        return like(SchemaBuilder.map(map.keySchema(), values), map);
    }

    private static Schema like(SchemaBuilder builder, Schema like) {
        withAttributes(builder, like);
        return like.isOptional() ? builder.optional().build() : builder.build();
    }

    /** The same schema without its default, so that a null stays null. */
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
        return withAttributes(builder, schema);
    }

    /**
     * The value of a field of metadata, such as {@code source.snapshot}: null stands for the default, as Debezium means
     * it.
     */
    public static @Nullable Object orDefault(Struct struct, Field field) {
        return struct.get(field);
    }

    /** The stored value or null, but never the default. A copy needs this to keep nulls. */
    public static @Nullable Object withoutDefault(Struct struct, Field field) {
        return field.schema().defaultValue() == null ? struct.get(field) : struct.getWithoutDefault(field.name());
    }

    private static SchemaBuilder withAttributes(SchemaBuilder builder, Schema like) {
        builder.name(like.name()).version(like.version()).doc(like.doc());
        if (like.parameters() != null) {
            builder.parameters(like.parameters());
        }
        return builder;
    }

    /** How many columns it has, with the fields of each; at least 1. */
    public static long columns(Schema schema) {
        return switch (schema.type()) {
            case STRUCT ->
                1
                        + schema.fields().stream()
                                .mapToLong(field -> columns(field.schema()))
                                .sum();
            case ARRAY, MAP -> 1 + columns(schema.valueSchema());
            default -> 1;
        };
    }
}
