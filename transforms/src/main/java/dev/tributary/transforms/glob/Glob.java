// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.glob;

/**
 * A pattern for a name: {@code *} stands for any number of characters, none among them, {@code ?} for any one, all others for
 * themselves. There is no way to say a star or a question mark that stands for itself.
 */
public final class Glob {

    private final int[] pattern;

    private Glob(int[] pattern) {
        this.pattern = pattern;
    }

    public static Glob parse(String text) {
        return new Glob(text.codePoints().toArray());
    }

    /** Whether it is the pattern of the whole name. */
    public boolean matches(String name) {
        int at = 0;
        int in = 0;
        int star = -1;
        int triedFrom = 0;
        while (in < name.length()) {
            int c = name.codePointAt(in);
            if (at < pattern.length && pattern[at] == '*') {
                star = at++;
                triedFrom = in;
            } else if (at < pattern.length && (pattern[at] == '?' || pattern[at] == c)) {
                at++;
                in += Character.charCount(c);
            } else if (star >= 0) {
                // Only the last star gives way: what an earlier one could leave is an end of what this one was tried
                // on.
                at = star + 1;
                triedFrom += Character.charCount(name.codePointAt(triedFrom));
                in = triedFrom;
            } else {
                return false;
            }
        }
        while (at < pattern.length && pattern[at] == '*') {
            at++;
        }
        return at == pattern.length;
    }
}
