// SPDX-License-Identifier: Apache-2.0
package dev.tributary.row;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The text of an array in Postgres's notation (<a
 * href="https://www.postgresql.org/docs/current/arrays.html#ARRAYS-IO">input and output syntax</a>).
 *
 * @param text as Postgres writes it
 * @param delimiter what is between two elements, which depends on their type ({@code pg_type.typdelim})
 */
public record ArrayText(String text, char delimiter) {

    /** The delimiter of all types but a few. */
    public static final char COMMA = ',';

    /** The text of an array whose elements are delimited by commas. */
    public ArrayText(String text) {
        this(text, COMMA);
    }

    /** Whether the elements are arrays; a text element that begins with a brace is quoted. */
    public boolean hasInnerArrays() {
        return text.startsWith("{{", begin());
    }

    /** Whether this is an {@code int2vector} or {@code oidvector}: numbers separated by spaces, without braces. */
    public boolean isVector() {
        return !text.startsWith("{", begin());
    }

    /** Bounds that do not start from 1 are written before the elements. */
    private int begin() {
        return text.startsWith("[") ? text.indexOf('=') + 1 : 0;
    }

    /** The texts of the elements; null for a null. */
    public List<@Nullable String> elements() {
        if (isVector()) {
            return text.isEmpty() ? List.of() : Arrays.asList(text.split(" ", -1));
        }
        List<@Nullable String> elements = new ArrayList<>();
        int at = begin() + 1;
        while (text.charAt(at) != '}') {
            at = element(at, elements);
            at += text.charAt(at) == delimiter ? 1 : 0;
        }
        return elements;
    }

    /** Adds the element that begins at an index; returns the index after it. */
    private int element(int from, List<@Nullable String> elements) {
        boolean quoted = text.charAt(from) == '"';
        StringBuilder element = new StringBuilder();
        int at = quoted ? from + 1 : from;
        while (quoted ? text.charAt(at) != '"' : text.charAt(at) != delimiter && text.charAt(at) != '}') {
            at += text.charAt(at) == '\\' ? 1 : 0;
            element.append(text.charAt(at++));
        }
        String value = element.toString();
        elements.add(!quoted && value.equals("NULL") ? null : value);
        return quoted ? at + 1 : at;
    }
}
