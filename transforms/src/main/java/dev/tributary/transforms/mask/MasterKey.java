// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.mask;

import java.nio.charset.StandardCharsets;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key by its id. It encrypts nothing itself: for each use a key is derived from it, as HMAC-SHA-256 of the use's name, so
 * that no use tells anything of another.
 */
final class MasterKey {

    static final int LENGTH = 32;

    private final String id;
    private final SecretKey random;
    private final SecretKey deterministic;
    private final byte[] nonces;

    MasterKey(String id, byte[] key) {
        Mac mac = Hasher.mac(key);
        this.id = id;
        this.random = new SecretKeySpec(derived(mac, "tributary mask 1 random"), "AES");
        this.deterministic = new SecretKeySpec(derived(mac, "tributary mask 1 deterministic"), "AES");
        this.nonces = derived(mac, "tributary mask 1 nonce");
    }

    private static byte[] derived(Mac mac, String use) {
        return mac.doFinal(use.getBytes(StandardCharsets.US_ASCII));
    }

    String id() {
        return id;
    }

    SecretKey of(Form form) {
        return switch (form) {
            case RANDOM -> random;
            case DETERMINISTIC -> deterministic;
        };
    }

    /** Makes the nonce of a plaintext in the deterministic form. */
    Mac nonces() {
        return Hasher.mac(nonces);
    }
}
