// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.mask;

import dev.tributary.transforms.event.Schemas;
import java.util.List;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** Copies a struct with some of its fields masked. The copy shares the fields that are not masked. */
final class StructMask implements Mask {

    private final Schema schema;
    private final Field[] from;
    private final Field[] to;
    private final Plan[] plans;

    /** @param plans one for each field */
    StructMask(Schema schema, List<Plan> plans) {
        this.from = schema.fields().toArray(Field[]::new);
        this.plans = plans.toArray(Plan[]::new);
        this.schema = masked(schema);
        this.to = this.schema.fields().toArray(Field[]::new);
    }

    private Schema masked(Schema whole) {
        SchemaBuilder builder = Schemas.copyWithoutFields(whole);
        boolean differs = false;
        for (Field field : from) {
            Schema masked = plans[field.index()].schema();
            differs |= masked != field.schema();
            builder.field(field.name(), masked);
        }
        return differs ? builder.build() : whole;
    }

    /** The schema of the copies: the original one if no field changes its schema. */
    Schema schema() {
        return schema;
    }

    @Override
    public Object of(Object value) {
        Struct struct = (Struct) value;
        Struct masked = new Struct(schema);
        for (int i = 0; i < from.length; i++) {
            Object part = plans[i].of(part(struct, i));
            if (part != null) {
                masked.put(to[i], part);
            }
        }
        return masked;
    }

    private @Nullable Object part(Struct struct, int i) {
        // A masked column has no default. If the column is required, a missing value is read as the default and masked.
        boolean byDefault = plans[i].touches() && !from[i].schema().isOptional();
        return byDefault ? Schemas.orDefault(struct, from[i]) : Schemas.withoutDefault(struct, from[i]);
    }
}
