// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import dev.tributary.row.JsonText;
import dev.tributary.row.LazyStruct;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * The source blocks of one table's events, after the pattern of one that Debezium made: what it knows to differ from change
 * to change is taken from the change, the rest from the pattern.
 */
final class SourceBlock {

    private final Schema schema;

    /** For each field what it is; null where it is the same in every block. */
    private final @Nullable SourceField[] varying;

    private final @Nullable Object[] constants;
    private final byte[] @Nullable [] constantJson;

    private SourceBlock(Struct pattern) {
        schema = pattern.schema();
        List<Field> fields = schema.fields();
        varying = new SourceField[fields.size()];
        constants = new Object[fields.size()];
        constantJson = new byte[fields.size()][];
        for (Field field : fields) {
            varying[field.index()] = SourceField.BY_NAME.get(field.name());
            constants[field.index()] = pattern.getWithoutDefault(field.name());
            constantJson[field.index()] = constants[field.index()] instanceof String text ? json(text) : null;
        }
    }

    private static byte[] json(String text) {
        JsonText json = new JsonText();
        json.string(text);
        return json.copyFrom(0);
    }

    /**
     * The blocks that are like a pattern.
     *
     * @param pattern Debezium's block for a change
     * @param point where that change stands
     * @return empty if our block for the same change is another than Debezium's: then nobody knows what the others would be
     */
    static Optional<SourceBlock> like(Struct pattern, ChangePoint point) {
        SourceBlock block = new SourceBlock(pattern);
        Struct ours = block.of(point);
        boolean same = pattern.schema().fields().stream()
                .allMatch(field ->
                        Objects.equals(pattern.getWithoutDefault(field.name()), ours.getWithoutDefault(field.name())));
        return same ? Optional.of(block) : Optional.empty();
    }

    Struct of(ChangePoint point) {
        return new Block(point);
    }

    /** The block of one change. */
    private final class Block extends LazyStruct {

        private final ChangePoint point;

        Block(ChangePoint point) {
            super(schema);
            this.point = point;
        }

        @Override
        protected @Nullable Object read(int field) {
            SourceField what = varying[field];
            return what == null ? constants[field] : what.read(point);
        }

        @Override
        protected boolean write(int field, JsonText json) {
            SourceField what = varying[field];
            if (what != null) {
                return what.write(point, json);
            }
            byte[] constant = constantJson[field];
            if (constant != null) {
                json.raw(constant);
            }
            return constant != null;
        }
    }
}
