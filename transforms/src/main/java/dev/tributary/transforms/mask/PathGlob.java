// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.mask;

import dev.tributary.transforms.glob.Glob;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A pattern for a path of names. {@code *} matches any text within a name, {@code ?} any one character of it, and a
 * part {@code **} any number of names, including none.
 */
final class PathGlob {

    private static final String ANY_NAMES = "**";

    private final List<Part> parts;

    private PathGlob(List<Part> parts) {
        this.parts = parts;
    }

    /** @throws IllegalArgumentException if a part is not valid; the message continues a sentence about the rule */
    static PathGlob parse(String text, char separator) {
        List<Part> parts = new ArrayList<>();
        for (String part : text.split(Pattern.quote(String.valueOf(separator)), -1)) {
            if (part.isBlank()) {
                throw new IllegalArgumentException("contains an empty name");
            }
            if (part.contains(ANY_NAMES) && !part.equals(ANY_NAMES)) {
                throw new IllegalArgumentException(
                        "has ** inside a name; ** is a part of its own and matches any number of names");
            }
            parts.add(new Part(part, Glob.parse(part)));
        }
        return new PathGlob(List.copyOf(parts));
    }

    int size() {
        return parts.size();
    }

    /** Whether the part matches any number of names. */
    boolean spans(int part) {
        return part < parts.size() && parts.get(part).text.equals(ANY_NAMES);
    }

    /** Whether the pattern matches paths of different lengths. */
    boolean spansAnywhere() {
        return parts.stream().anyMatch(part -> part.text.equals(ANY_NAMES));
    }

    boolean matches(int part, String name) {
        return parts.get(part).matches(name);
    }

    /** Whether the part matches every name. */
    boolean matchesAll(int part) {
        return parts.get(part).text.equals("*");
    }

    /** Whether a part is a name without wildcards; {@code ?} stands for one that cannot be written. */
    boolean isName(int part) {
        return part < parts.size() && parts.get(part).text.indexOf('*') < 0;
    }

    /** How far it has matched before the first name. */
    BitSet start() {
        BitSet reached = new BitSet();
        enter(reached, 0);
        return reached;
    }

    /** How far it has matched after one more name; empty if it cannot match the path any more. */
    BitSet step(BitSet reached, String name) {
        BitSet next = new BitSet();
        for (int part = reached.nextSetBit(0); part >= 0 && part < size(); part = reached.nextSetBit(part + 1)) {
            if (spans(part)) {
                enter(next, part);
            } else if (matches(part, name)) {
                enter(next, part + 1);
            }
        }
        return next;
    }

    /** Whether it matches the path, which may go on below. */
    boolean accepts(BitSet reached) {
        return reached.get(size());
    }

    private void enter(BitSet reached, int part) {
        int last = part;
        reached.set(last);
        while (spans(last)) {
            reached.set(++last);
        }
    }

    /** @param text as written */
    private record Part(String text, Glob glob) {

        boolean matches(String name) {
            return glob.matches(name);
        }
    }
}
