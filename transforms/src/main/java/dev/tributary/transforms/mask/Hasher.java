// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.mask;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA-256 in hexadecimal digits. Not thread-safe. */
public final class Hasher {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int MIN_KEY_LENGTH = 16;
    private static final HexFormat HEX = HexFormat.of();

    private final Mac mac;

    /**
     * @param key the text whose bytes in UTF-8 are the key
     * @throws IllegalArgumentException if the key is too short; the message does not contain it
     */
    public Hasher(String key) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        if (bytes.length < MIN_KEY_LENGTH) {
            throw new IllegalArgumentException("it has " + bytes.length + " bytes and must have at least "
                    + MIN_KEY_LENGTH + ", or the values can be guessed; create one with: openssl rand -hex 32");
        }
        mac = mac(bytes);
    }

    String hash(byte[] bytes) {
        return HEX.formatHex(mac.doFinal(bytes));
    }

    /** A MAC with a key. Each computation leaves it ready for the next. */
    static Mac mac(byte[] key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM does not support " + ALGORITHM, e);
        }
    }
}
