// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.mask;

/** A value could not be decrypted. The message contains neither the value nor a key. */
public final class DecryptionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why decryption failed. */
    public enum Reason {
        /** The value does not have the form of an encrypted value. */
        NOT_ENCRYPTED,
        /** The value was encrypted with a key that was not given. */
        UNKNOWN_KEY,
        /** The value was changed after it was encrypted, or the key with its id is a different one. */
        TAMPERED,
        /** The value is text although bytes were requested, or the reverse. */
        OTHER_TYPE
    }

    private final Reason reason;

    DecryptionException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** The reason, for code that distinguishes failures. */
    public Reason reason() {
        return reason;
    }
}
