// SPDX-License-Identifier: Apache-2.0
package dev.tributary.avro;

import dev.tributary.json.RandomData;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;

/** Random schemas that Avro can express, with enums, fixed bytes, unions and records that are used again. */
final class RandomAvroData extends RandomData {

    private final List<Schema> structs = new ArrayList<>();
    private final boolean enhanced;
    private int named;

    /** @param enhanced {@code enhanced.avro.schema.support} */
    RandomAvroData(SplittableRandom random, boolean enhanced) {
        super(random);
        this.enhanced = enhanced;
    }

    @Override
    protected SchemaBuilder plain(int depth) {
        return switch (random.nextInt(12)) {
            case 0 ->
                SchemaBuilder.string()
                        .name("an.Enum" + named)
                        .parameter(AvroNames.ENUM, "an.Enum" + named++)
                        .parameter(AvroNames.ENUM + ".RED", "RED")
                        .parameter(AvroNames.ENUM + ".GREEN", "GREEN");
            case 1 ->
                SchemaBuilder.bytes()
                        .name("a.Fixed" + named++)
                        .parameter(AvroNames.FIXED_SIZE, String.valueOf(1 + random.nextInt(9)));
            default -> super.plain(depth);
        };
    }

    @Override
    public Schema schema(int depth) {
        if (depth > 0 && random.nextInt(12) == 0) {
            return union(depth);
        }
        if (!structs.isEmpty() && random.nextInt(15) == 0) {
            return structs.get(random.nextInt(structs.size()));
        }
        Schema schema = super.schema(depth);
        if (schema.type() == Schema.Type.STRUCT) {
            structs.add(schema);
        }
        return schema;
    }

    private Schema union(int depth) {
        SchemaBuilder union = SchemaBuilder.struct().name(AvroNames.UNION);
        if (random.nextBoolean()) {
            union.optional();
        }
        union.field("int", Schema.OPTIONAL_INT32_SCHEMA).field("string", Schema.OPTIONAL_STRING_SCHEMA);
        if (random.nextBoolean()) {
            Schema member = struct(depth).optional().build();
            union.field(new AvroNames(false).memberOf(member, enhanced), member);
        }
        return union.build();
    }

    @Override
    protected String structName() {
        return random.nextBoolean() ? "a.b.S" + named++ : "S" + named++;
    }

    @Override
    protected String fieldName(int index) {
        return "f_" + index;
    }

    @Override
    protected Object plainValue(Schema schema) {
        if (AvroNames.isEnum(schema)) {
            return random.nextBoolean() ? "RED" : "GREEN";
        }
        if (AvroNames.isFixed(schema)) {
            byte[] bytes = new byte[Integer.parseInt(schema.parameters().get(AvroNames.FIXED_SIZE))];
            random.nextBytes(bytes);
            return bytes;
        }
        if (AvroNames.isUnion(schema)) {
            Field field = schema.fields().get(random.nextInt(schema.fields().size()));
            return new Struct(schema).put(field, value(field.schema()));
        }
        return super.plainValue(schema);
    }
}
