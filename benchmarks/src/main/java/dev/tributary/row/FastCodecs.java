// SPDX-License-Identifier: Apache-2.0
package dev.tributary.row;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.data.Schema;

/** Lets benchmarks have the fast codecs without a database, whose catalog the connector compiles them from. */
public final class FastCodecs {

    private FastCodecs() {}

    /**
     * The codec of rows whose columns all have a fast decoder.
     *
     * @param schema the schema of a row
     * @param types for each of its fields the name of the column's type in {@code pg_type}
     */
    public static RowCodec of(Schema schema, List<String> types) {
        List<RowCodec.Source> sources = new ArrayList<>();
        for (int column = 0; column < types.size(); column++) {
            String type = types.get(column);
            TextDecoder decoder =
                    FastDecoders.of(type, schema.fields().get(column).schema());
            if (decoder == TextDecoder.NONE) {
                throw new IllegalArgumentException("no fast decoder for " + type);
            }
            sources.add(new RowCodec.Source(column, new ColumnCodec(decoder, decoder, () -> null, () -> null)));
        }
        return new RowCodec(schema, sources);
    }
}
