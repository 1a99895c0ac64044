// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.glob;

import java.util.List;

/**
 * A pattern for one name: {@code *} stands for any number of characters, none among them, all others for themselves. There
 * is no way to say a star that stands for itself.
 *
 * @param pieces what stands between the stars, the first at the beginning of the name and the last at its end; one if there
 *     is no star
 */
record Glob(List<String> pieces) {

    Glob {
        pieces = List.copyOf(pieces);
    }

    static Glob parse(String text) {
        return new Glob(List.of(text.split("\\*", -1)));
    }

    /** Whether it is the pattern of the whole name. */
    boolean matches(String name) {
        String first = pieces.get(0);
        int stars = pieces.size() - 1;
        if (stars == 0) {
            return name.equals(first);
        }
        String last = pieces.get(stars);
        int end = name.length() - last.length();
        if (end < first.length() || !name.startsWith(first) || !name.endsWith(last)) {
            return false;
        }
        // Each piece at the first place it has: a later one would leave less room for those behind it.
        int at = first.length();
        for (String piece : pieces.subList(1, stars)) {
            int found = name.indexOf(piece, at);
            if (found < 0 || found + piece.length() > end) {
                return false;
            }
            at = found + piece.length();
        }
        return true;
    }
}
