// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.mask;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A pattern for a path of names. {@code *} is any text within a name, {@code ?} any one character of it, and a part that is
 * {@code **} any number of names, none included.
 */
final class Glob {

    private static final String ANY_NUMBER = "**";

    private final List<Part> parts;

    private Glob(List<Part> parts) {
        this.parts = parts;
    }

    /** @throws IllegalArgumentException if a part is none; the message ends a sentence about the rule */
    static Glob parse(String text, char separator) {
        List<Part> parts = new ArrayList<>();
        for (String part : text.split(Pattern.quote(String.valueOf(separator)), -1)) {
            if (part.isBlank()) {
                throw new IllegalArgumentException("has an empty name in it");
            }
            if (part.contains(ANY_NUMBER) && !part.equals(ANY_NUMBER)) {
                throw new IllegalArgumentException("has ** inside a name; ** stands alone for any number of names");
            }
            parts.add(new Part(part));
        }
        return new Glob(List.copyOf(parts));
    }

    int size() {
        return parts.size();
    }

    /** Whether the part stands for any number of names. */
    boolean spans(int part) {
        return part < parts.size() && parts.get(part).text.equals(ANY_NUMBER);
    }

    /** Whether paths of different lengths can match. */
    boolean spansAnywhere() {
        return parts.stream().anyMatch(part -> part.text.equals(ANY_NUMBER));
    }

    boolean matches(int part, String name) {
        return parts.get(part).matches(name);
    }

    /** Whether the part matches all names. */
    boolean matchesAll(int part) {
        return parts.get(part).text.equals("*");
    }

    private static final class Part {

        private final String text;
        private final @Nullable Pattern pattern;

        Part(String text) {
            this.text = text;
            this.pattern = text.contains("*") || text.contains("?") ? pattern(text) : null;
        }

        private static Pattern pattern(String text) {
            StringBuilder regex = new StringBuilder();
            text.codePoints().forEach(c -> {
                if (c == '*') {
                    regex.append(".*");
                } else if (c == '?') {
                    regex.append('.');
                } else {
                    regex.append(Pattern.quote(Character.toString(c)));
                }
            });
            return Pattern.compile(regex.toString(), Pattern.DOTALL);
        }

        boolean matches(String name) {
            return pattern == null ? text.equals(name) : pattern.matcher(name).matches();
        }
    }
}
