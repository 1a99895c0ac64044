// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.glob;

/**
 * A pattern for a name: {@code *} matches any number of characters, including none, {@code ?} matches any one
 * character, and all other characters match themselves. A star or a question mark cannot be escaped.
 */
public final class Glob {

    private final int[] pattern;

    private Glob(int[] pattern) {
        this.pattern = pattern;
    }

    public static Glob parse(String text) {
        return new Glob(text.codePoints().toArray());
    }

    /** Whether the pattern matches the whole name. */
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
                // Only the last star is retried: whatever an earlier one could give up is an end of what this one has
                // been tried on.
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
