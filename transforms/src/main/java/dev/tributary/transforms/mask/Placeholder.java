// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.mask;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * The value that represents one that Postgres did not send, because it is in TOAST and did not change. Debezium's
 * connectors write it in the type of the column: as text, bytes, hexadecimal digits, a UUID, or the numbers of an
 * array.
 */
final class Placeholder {

    private final String text;
    private final byte[] bytes;
    private final Set<String> texts;

    Placeholder(String text) {
        this.text = text;
        this.bytes = text.getBytes(StandardCharsets.UTF_8);
        // Not Set.of, which rejects duplicates: there are some if the placeholder is empty.
        this.texts = new HashSet<>(List.of(
                text,
                "{\"" + text + "\":\"" + text + "\"}",
                Base64.getEncoder().encodeToString(bytes),
                Base64.getUrlEncoder().encodeToString(bytes),
                HexFormat.of().formatHex(bytes),
                UUID.nameUUIDFromBytes(bytes).toString()));
    }

    String text() {
        return text;
    }

    boolean is(Object value) {
        if (value instanceof String string) {
            return texts.contains(string);
        }
        if (value instanceof byte[] array) {
            return ByteBuffer.wrap(array).equals(ByteBuffer.wrap(bytes));
        }
        return value instanceof ByteBuffer buffer && buffer.equals(ByteBuffer.wrap(bytes));
    }

    /** Whether the numbers of an array are the bytes of the placeholder. */
    boolean isNumbers(List<?> list) {
        if (list.size() != bytes.length) {
            return false;
        }
        for (int i = 0; i < bytes.length; i++) {
            if (!(list.get(i) instanceof Number number) || number.longValue() != bytes[i]) {
                return false;
            }
        }
        return true;
    }
}
