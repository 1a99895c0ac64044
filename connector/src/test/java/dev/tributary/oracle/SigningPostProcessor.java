// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import io.debezium.processors.spi.PostProcessor;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** A custom post processor: it reads and changes the fields of a row. */
public final class SigningPostProcessor implements PostProcessor {

    @Override
    public void configure(Map<String, ?> properties) {}

    @Override
    public void apply(@Nullable Object key, Struct value) {
        Field after = value.schema().field("after");
        if (after == null || !(value.get(after) instanceof Struct row)) {
            return;
        }
        for (Field field : row.schema().fields()) {
            if (field.schema().type() == Schema.Type.STRING && row.get(field) instanceof String text) {
                row.put(field, text.length() + ":" + key);
            }
        }
    }

    @Override
    public void close() {}
}
