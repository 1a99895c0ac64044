// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.mask;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/** Encrypts values with one key. Not thread-safe. */
public final class Encryptor {

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final MasterKey key;
    private final Mac nonces;
    private final Cipher random = cipher();
    private final SecureRandom randomness = new SecureRandom();
    private final Map<ByteBuffer, String> ofRecord = new HashMap<>();
    private Cipher deterministic = cipher();
    private byte @Nullable [] lastNonce;

    /**
     * @param id of the key that encrypts; null for the first key
     * @throws IllegalArgumentException if there is no such key
     */
    public Encryptor(KeyRing keys, @Nullable String id) {
        MasterKey found = id == null ? keys.first() : keys.get(id);
        if (found == null) {
            throw new IllegalArgumentException("no key has the id " + id);
        }
        this.key = found;
        this.nonces = found.nonces();
    }

    /** Another record begins: from now on, values get other random texts. */
    void nextRecord() {
        ofRecord.clear();
    }

    /**
     * Within a record, equal values have one text: a value that did not change is the same before and after.
     *
     * @param type {@link Form#TEXT} or {@link Form#BYTES}
     */
    String encrypt(Form form, byte type, byte[] content) {
        byte[] plain = new byte[content.length + 1];
        plain[0] = type;
        System.arraycopy(content, 0, plain, 1, content.length);
        try {
            if (form == Form.DETERMINISTIC) {
                return encrypt(form, plain);
            }
            ByteBuffer value = ByteBuffer.wrap(plain);
            String known = ofRecord.get(value);
            if (known == null) {
                known = encrypt(form, plain);
                ofRecord.put(value, known);
            }
            return known;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM does not support " + Form.CIPHER, e);
        }
    }

    private String encrypt(Form form, byte[] plain) throws GeneralSecurityException {
        byte[] sealed = new byte[Form.NONCE_LENGTH + plain.length + Form.TAG_LENGTH];
        byte[] nonce = nonce(form, plain);
        System.arraycopy(nonce, 0, sealed, 0, nonce.length);
        String header = form.header(key.id());
        Cipher cipher = cipher(form, nonce);
        cipher.init(Cipher.ENCRYPT_MODE, key.of(form), Form.parameters(nonce));
        cipher.updateAAD(Form.associated(header));
        cipher.doFinal(plain, 0, plain.length, sealed, Form.NONCE_LENGTH);
        return header + ":" + BASE64.encodeToString(sealed);
    }

    private byte[] nonce(Form form, byte[] plain) {
        return switch (form) {
            case RANDOM -> {
                byte[] nonce = new byte[Form.NONCE_LENGTH];
                randomness.nextBytes(nonce);
                yield nonce;
            }
            case DETERMINISTIC -> Arrays.copyOf(nonces.doFinal(plain), Form.NONCE_LENGTH);
        };
    }

    private Cipher cipher(Form form, byte[] nonce) {
        return switch (form) {
            case RANDOM -> random;
            case DETERMINISTIC -> {
                // Java's cipher rejects the nonce of its last run; here it is the same because the plaintext is.
                if (Arrays.equals(nonce, lastNonce)) {
                    deterministic = cipher();
                }
                lastNonce = nonce;
                yield deterministic;
            }
        };
    }

    private static Cipher cipher() {
        try {
            return Cipher.getInstance(Form.CIPHER);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM does not support " + Form.CIPHER, e);
        }
    }
}
