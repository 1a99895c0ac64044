// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.mask;

import java.nio.charset.StandardCharsets;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * The form of an encrypted value: {@code tag:key id:base64url(nonce, ciphertext, authentication tag)}, AES-256-GCM with
 * the text before the second colon as associated data. The first byte of the plaintext distinguishes text from bytes.
 */
enum Form {
    /** With a random nonce. */
    RANDOM("e1"),
    /** With a nonce derived from the plaintext: equal values are equal after encryption. */
    DETERMINISTIC("d1");

    static final String CIPHER = "AES/GCM/NoPadding";
    static final int NONCE_LENGTH = 12;
    static final int TAG_LENGTH = 16;
    static final byte TEXT = 't';
    static final byte BYTES = 'b';

    private final String tag;

    Form(String tag) {
        this.tag = tag;
    }

    /** Null if no form has the tag. */
    static @Nullable Form of(String tag) {
        for (Form form : values()) {
            if (form.tag.equals(tag)) {
                return form;
            }
        }
        return null;
    }

    /** The readable part of an encrypted value, which is authenticated as well. */
    String header(String keyId) {
        return tag + ":" + keyId;
    }

    static byte[] associated(String header) {
        return header.getBytes(StandardCharsets.US_ASCII);
    }

    static GCMParameterSpec parameters(byte[] from) {
        return new GCMParameterSpec(8 * TAG_LENGTH, from, 0, NONCE_LENGTH);
    }
}
