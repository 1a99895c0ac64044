// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a comparison found: where two records differ, and the values of Debezium and of ours there. */
final class Differences {

    private static final int SHOWN = 15;
    private static final int LONGEST = 300;

    private final List<String> found = new ArrayList<>();

    void check(Path path, boolean same, @Nullable Object expected, @Nullable Object actual) {
        if (!same) {
            found.add(path + "\n    Debezium:  " + shown(expected) + "\n    Tributary: " + shown(actual));
        }
    }

    int count() {
        return found.size();
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    private static String shown(@Nullable Object value) {
        String text = value instanceof ByteBuffer buffer
                ? "bytes " + StandardCharsets.ISO_8859_1.decode(buffer.duplicate())
                : value instanceof byte[] bytes
                        ? "bytes " + new String(bytes, StandardCharsets.ISO_8859_1)
                        : String.valueOf(value);
        String cut = text.length() > LONGEST ? text.substring(0, LONGEST) + "… (" + text.length() + ")" : text;
        return cut + (value == null ? "" : "  (" + value.getClass().getSimpleName() + ")");
    }

    @Override
    public String toString() {
        return found.size() + " differences, the first of them:\n"
                + found.stream().limit(SHOWN).collect(Collectors.joining("\n"));
    }
}
