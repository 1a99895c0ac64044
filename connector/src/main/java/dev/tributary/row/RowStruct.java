// SPDX-License-Identifier: Apache-2.0
package dev.tributary.row;

import org.jspecify.annotations.Nullable;

/** A row as a struct; its fields stay in the bytes of the row until they are read. */
final class RowStruct extends LazyStruct {

    private final RowCodec codec;
    private final RowImage row;

    RowStruct(RowCodec codec, RowImage row) {
        super(codec.schema());
        this.codec = codec;
        this.row = row;
    }

    @Override
    protected @Nullable Object read(int field) {
        return codec.value(row, field);
    }

    @Override
    protected boolean write(int field, JsonText json) {
        return codec.writeJson(row, field, json);
    }

    @Override
    protected boolean write(int field, AvroBytes avro) {
        return codec.writeAvro(row, field, avro);
    }
}
