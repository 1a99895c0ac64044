// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

import dev.tributary.row.JsonText;
import dev.tributary.row.LazyStruct;
import io.debezium.connector.AbstractSourceInfo;
import io.debezium.connector.SnapshotRecord;
import java.util.Locale;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** The source blocks of a table's rows: the same one for all, but for which row of the snapshot it is. */
final class SnapshotBlocks {

    private final Schema schema;
    private final @Nullable Object[] values;
    private final byte[] @Nullable [] texts;
    private final int marker;

    /** @param pattern Debezium's block for a row of the table */
    SnapshotBlocks(Struct pattern) {
        schema = pattern.schema();
        int fields = schema.fields().size();
        values = new Object[fields];
        texts = new byte[fields][];
        Field snapshot = schema.field(AbstractSourceInfo.SNAPSHOT_KEY);
        marker = snapshot == null ? -1 : snapshot.index();
        for (Field field : schema.fields()) {
            Object value = pattern.getWithoutDefault(field.name());
            values[field.index()] = value;
            texts[field.index()] = json(value);
        }
    }

    private static byte @Nullable [] json(@Nullable Object value) {
        JsonText text = new JsonText();
        if (value instanceof String string) {
            text.string(string);
        } else if (value instanceof Long number) {
            text.number(number);
        } else {
            return null;
        }
        return text.copyFrom(0);
    }

    Struct of(RowMark mark) {
        return new Block(mark);
    }

    /** How Debezium spells it in the source block. */
    private static String spelled(SnapshotRecord which) {
        return which.name().toLowerCase(Locale.ROOT);
    }

    /** The block of one row. */
    private final class Block extends LazyStruct {

        private final RowMark mark;

        Block(RowMark mark) {
            super(schema);
            this.mark = mark;
        }

        @Override
        protected @Nullable Object read(int field) {
            return field == marker ? spelled(mark.marker()) : values[field];
        }

        @Override
        protected boolean write(int field, JsonText json) {
            byte[] text = texts[field];
            if (field == marker || text == null) {
                return false;
            }
            json.raw(text);
            return true;
        }
    }
}
