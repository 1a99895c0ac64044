// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.mask;

import dev.tributary.transforms.mask.DecryptionException.Reason;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;

/**
 * Decrypts, in a consumer, values that {@link dev.tributary.transforms.MaskFields} has encrypted. It needs only classes
 * of its own package and of the JDK. Thread-safe.
 *
 * <pre>{@code
 * Decryptor decryptor = new Decryptor(System.getenv("MASK_KEYS"));
 * String iban = decryptor.decryptText(payment.get("iban").asText());
 * }</pre>
 */
public final class Decryptor {

    private final KeyRing keys;

    /**
     * @param keys as in the option {@code encrypt.keys}: {@code id:base64,id:base64}; all keys that values may be
     *     encrypted with
     * @throws IllegalArgumentException if these are not valid keys; the message does not contain them
     */
    public Decryptor(String keys) {
        this.keys = KeyRing.parse(keys);
    }

    /**
     * Whether the text has the form of an encrypted value. The placeholder of an unchanged TOAST value, which the
     * connector could not send, is not encrypted.
     */
    public static boolean isEncrypted(String text) {
        String[] parts = text.split(":", -1);
        return parts.length == 3 && Form.of(parts[0]) != null;
    }

    /**
     * Decrypts a text. Numbers, times and booleans are returned as their text.
     *
     * @throws DecryptionException if the value cannot be decrypted, with the {@linkplain DecryptionException#reason
     *     reason}
     */
    public String decryptText(String encrypted) {
        return new String(decrypted(encrypted, Form.TEXT), StandardCharsets.UTF_8);
    }

    /**
     * Decrypts bytes.
     *
     * @throws DecryptionException if the value cannot be decrypted, with the {@linkplain DecryptionException#reason
     *     reason}
     */
    public byte[] decryptBytes(String encrypted) {
        return decrypted(encrypted, Form.BYTES);
    }

    private byte[] decrypted(String encrypted, byte type) {
        byte[] plain = plain(encrypted);
        if (plain[0] != type) {
            throw new DecryptionException(
                    Reason.OTHER_TYPE,
                    type == Form.TEXT
                            ? "The value is not text; use decryptBytes"
                            : "The value is not bytes; use decryptText");
        }
        return Arrays.copyOfRange(plain, 1, plain.length);
    }

    private byte[] plain(String encrypted) {
        String[] parts = encrypted.split(":", -1);
        Form form = parts.length == 3 ? Form.of(parts[0]) : null;
        if (form == null) {
            throw new DecryptionException(
                    Reason.NOT_ENCRYPTED, "The value does not have the form of an encrypted value");
        }
        byte[] sealed = sealed(parts[2]);
        MasterKey key = keys.get(parts[1]);
        if (key == null) {
            throw new DecryptionException(
                    Reason.UNKNOWN_KEY,
                    "The value was encrypted with a key that was not given"
                            + (KeyRing.isId(parts[1]) ? ": its id is " + parts[1] : ""));
        }
        try {
            Cipher cipher = Cipher.getInstance(Form.CIPHER);
            cipher.init(Cipher.DECRYPT_MODE, key.of(form), Form.parameters(sealed));
            cipher.updateAAD(Form.associated(form.header(key.id())));
            return cipher.doFinal(sealed, Form.NONCE_LENGTH, sealed.length - Form.NONCE_LENGTH);
        } catch (AEADBadTagException e) {
            throw tampered();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM does not support " + Form.CIPHER, e);
        }
    }

    private static byte[] sealed(String base64) {
        byte[] sealed;
        try {
            sealed = Base64.getUrlDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw tampered();
        }
        // Several base64 texts decode to the same bytes; only the one that the encryptor writes is accepted.
        boolean asWritten =
                Base64.getUrlEncoder().withoutPadding().encodeToString(sealed).equals(base64);
        if (!asWritten || sealed.length < Form.NONCE_LENGTH + 1 + Form.TAG_LENGTH) {
            throw tampered();
        }
        return sealed;
    }

    private static DecryptionException tampered() {
        return new DecryptionException(
                Reason.TAMPERED,
                "The value was changed after it was encrypted, or the key with its id is a different one");
    }
}
