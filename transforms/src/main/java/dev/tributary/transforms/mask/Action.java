// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.mask;

/**
 * What a rule does to a value.
 *
 * @param length how many characters or bytes {@link Kind#TRUNCATE} keeps; 0 for all other kinds
 */
public record Action(Kind kind, int length) {

    private static final String TRUNCATE = "truncate:";

    /** The kinds of action. */
    public enum Kind {
        /** Leaves the value as it is: an exception from later rules. */
        KEEP,
        NULL,
        REDACT,
        TRUNCATE,
        HASH,
        ENCRYPT,
        ENCRYPT_DETERMINISTIC
    }

    /**
     * @throws IllegalArgumentException if the text is not an action; the message continues a sentence about the rule
     */
    static Action parse(String text) {
        return switch (text) {
            case "keep" -> new Action(Kind.KEEP, 0);
            case "null" -> new Action(Kind.NULL, 0);
            case "redact" -> new Action(Kind.REDACT, 0);
            case "hash" -> new Action(Kind.HASH, 0);
            case "encrypt" -> new Action(Kind.ENCRYPT, 0);
            case "encrypt:deterministic" -> new Action(Kind.ENCRYPT_DETERMINISTIC, 0);
            default -> truncate(text);
        };
    }

    private static Action truncate(String text) {
        if (!text.startsWith(TRUNCATE) && !text.equals("truncate")) {
            throw new IllegalArgumentException(
                    "has an unknown action; it must be one of keep, null, redact, truncate:N, hash, encrypt,"
                            + " encrypt:deterministic");
        }
        String length = text.equals("truncate") ? "" : text.substring(TRUNCATE.length());
        if (!length.matches("[0-9]{1,9}")) {
            throw new IllegalArgumentException(
                    "does not say how many characters to keep; write truncate:1 to keep one");
        }
        return new Action(Kind.TRUNCATE, Integer.parseInt(length));
    }

    boolean is(Kind other) {
        return kind == other;
    }

    /** Whether different values stay different and equal values stay equal, as keys require. */
    boolean preservesEquality() {
        return switch (kind) {
            case KEEP, HASH, ENCRYPT_DETERMINISTIC -> true;
            case NULL, REDACT, TRUNCATE, ENCRYPT -> false;
        };
    }

    /** Whether the result is text for every type of value. */
    boolean makesText() {
        return switch (kind) {
            case HASH, ENCRYPT, ENCRYPT_DETERMINISTIC -> true;
            case KEEP, NULL, REDACT, TRUNCATE -> false;
        };
    }

    /** Whether it needs a key of {@code encrypt.keys}. */
    public boolean encrypts() {
        return kind == Kind.ENCRYPT || kind == Kind.ENCRYPT_DETERMINISTIC;
    }

    /** Whether it needs {@code hash.key}. */
    public boolean hashes() {
        return kind == Kind.HASH;
    }
}
