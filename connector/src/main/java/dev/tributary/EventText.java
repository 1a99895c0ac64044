// SPDX-License-Identifier: Apache-2.0
package dev.tributary;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** A key or a row as text of a limited length. What has no room is not even made into text. */
final class EventText {

    private static final int LONGEST_VALUE = 200;
    private static final String HIDDEN = "•";
    private static final String CUT = "…";

    private final StringBuilder text = new StringBuilder();

    private EventText() {}

    /** Returns the fields of a value with their values; the empty text for null. */
    static String of(@Nullable Object value, int longest) {
        EventText text = new EventText();
        if (value instanceof Struct struct) {
            text.fields(struct, longest);
        } else if (value != null) {
            text.shortly(value, longest);
        }
        return text.text.toString();
    }

    /** Returns the names of its fields. No value is read. */
    static String hidden(@Nullable Object value, int longest) {
        EventText text = new EventText();
        if (value instanceof Struct struct) {
            for (Field field : struct.schema().fields()) {
                text.separate(field.index(), longest).add(field.name() + ": " + HIDDEN, longest);
            }
        } else if (value != null) {
            text.add(HIDDEN, longest);
        }
        return text.text.toString();
    }

    private void fields(Struct struct, int end) {
        for (Field field : struct.schema().fields()) {
            if (isCut(end)) {
                return;
            }
            separate(field.index(), end)
                    .add(field.name() + ": ", end)
                    .shortly(struct.getWithoutDefault(field.name()), end);
        }
    }

    private EventText separate(int index, int end) {
        return index == 0 ? this : add(", ", end);
    }

    /** Whether something had no room. */
    private boolean isCut(int end) {
        return text.length() > end;
    }

    private boolean endsWithCut() {
        return text.indexOf(CUT, text.length() - 1) >= 0;
    }

    private void shortly(@Nullable Object value, int end) {
        value(value, Math.min(end, text.length() + LONGEST_VALUE));
    }

    private void value(@Nullable Object value, int end) {
        if (value instanceof byte[] bytes) {
            add(bytes.length + " bytes", end);
        } else if (value instanceof ByteBuffer bytes) {
            add(bytes.remaining() + " bytes", end);
        } else if (value instanceof Struct struct) {
            add("{", end).fields(struct, end);
            add("}", end);
        } else if (value instanceof Collection<?> many) {
            elements(many, end);
        } else if (value instanceof Map<?, ?> many) {
            entries(many, end);
        } else {
            add(String.valueOf(value), end);
        }
    }

    private void elements(Collection<?> many, int end) {
        add("[", end);
        int index = 0;
        for (Object element : many) {
            if (isCut(end)) {
                break;
            }
            separate(index++, end).value(element, end);
        }
        add("]", end);
    }

    private void entries(Map<?, ?> many, int end) {
        add("{", end);
        int index = 0;
        for (Map.Entry<?, ?> entry : many.entrySet()) {
            if (isCut(end)) {
                break;
            }
            separate(index++, end).value(entry.getKey(), end);
            add(": ", end).value(entry.getValue(), end);
        }
        add("}", end);
    }

    /** Adds what has room, and marks what has none. */
    private EventText add(String more, int end) {
        int room = end - text.length();
        if (more.length() <= room) {
            text.append(more);
        } else if (room > 0 || (room == 0 && !endsWithCut())) {
            boolean divides = room > 0 && Character.isHighSurrogate(more.charAt(room - 1));
            text.append(more, 0, divides ? room - 1 : room).append(CUT);
        }
        return this;
    }
}
