// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.mask;

/** A value could not be decrypted. The message holds neither the value nor a key. */
public final class DecryptionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Reason {
        /** It does not have the form of an encrypted value. */
        NOT_ENCRYPTED,
        /** It was encrypted with a key that is not among those given. */
        UNKNOWN_KEY,
        /** It is not as it was written, or the key of that id is another. */
        TAMPERED,
        /** It is text where bytes were asked for, or the other way round. */
        OTHER_TYPE
    }

    private final Reason reason;

    DecryptionException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** What to tell apart in code. */
    public Reason reason() {
        return reason;
    }
}
