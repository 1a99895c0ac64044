// SPDX-License-Identifier: Apache-2.0
package dev.tributary.row;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Builds tuples as pgoutput writes them. */
public final class Tuples {

    /** Stands for an unchanged TOAST value. */
    public static final String UNCHANGED = "(unchanged)";

    private Tuples() {}

    public static RowImage row(@Nullable String... columns) {
        return RowImage.ofTuple(ByteBuffer.wrap(bytes(columns)));
    }

    public static byte[] bytes(@Nullable String... columns) {
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        buffer.putShort((short) columns.length);
        for (String column : columns) {
            if (column == null) {
                buffer.put((byte) 'n');
            } else if (column.equals(UNCHANGED)) {
                buffer.put((byte) 'u');
            } else {
                byte[] text = column.getBytes(StandardCharsets.UTF_8);
                buffer.put((byte) 't').putInt(text.length).put(text);
            }
        }
        byte[] bytes = new byte[buffer.position()];
        buffer.flip().get(bytes);
        return bytes;
    }
}
