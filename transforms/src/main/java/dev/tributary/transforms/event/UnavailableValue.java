// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.event;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The value of a column that Postgres did not send, because it is large (TOAST) and did not change.
 *
 * @param placeholder Debezium's {@code unavailable.value.placeholder}
 */
public record UnavailableValue(String placeholder) {

    /** The placeholder that Debezium's connectors write by default. */
    public static final String DEFAULT = "__debezium_unavailable_value";

    /** Whether a value stands for one that was not sent: as text, as bytes, or as the only element. */
    public boolean is(@Nullable Object value) {
        if (value instanceof String text) {
            return text.equals(placeholder);
        }
        if (value instanceof List<?> list) {
            return list.size() == 1 && is(list.get(0));
        }
        if (value instanceof Map<?, ?> map) {
            return map.size() == 1
                    && map.entrySet().stream().allMatch(entry -> is(entry.getKey()) && is(entry.getValue()));
        }
        if (value instanceof byte[] bytes) {
            return Arrays.equals(bytes, placeholder.getBytes(StandardCharsets.UTF_8));
        }
        return value instanceof ByteBuffer buffer
                && buffer.equals(ByteBuffer.wrap(placeholder.getBytes(StandardCharsets.UTF_8)));
    }
}
