// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.mask;

import dev.tributary.transforms.glob.Glob;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A pattern for a path of names. {@code *} is any text within a name, {@code ?} any one character of it, and a part that is
 * {@code **} any number of names, none included.
 */
final class PathGlob {

    private static final String ANY_NUMBER = "**";

    private final List<Part> parts;

    private PathGlob(List<Part> parts) {
        this.parts = parts;
    }

    /** @throws IllegalArgumentException if a part is none; the message ends a sentence about the rule */
    static PathGlob parse(String text, char separator) {
        List<Part> parts = new ArrayList<>();
        for (String part : text.split(Pattern.quote(String.valueOf(separator)), -1)) {
            if (part.isBlank()) {
                throw new IllegalArgumentException("has an empty name in it");
            }
            if (part.contains(ANY_NUMBER) && !part.equals(ANY_NUMBER)) {
                throw new IllegalArgumentException("has ** inside a name; ** stands alone for any number of names");
            }
            parts.add(new Part(part, Glob.parse(part)));
        }
        return new PathGlob(List.copyOf(parts));
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

    /** @param text as it was written */
    private record Part(String text, Glob glob) {

        boolean matches(String name) {
            return glob.matches(name);
        }
    }
}
