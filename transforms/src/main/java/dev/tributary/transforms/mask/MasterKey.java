// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.mask;

import java.nio.charset.StandardCharsets;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key with its id. It does not encrypt anything itself: each use has its own key, derived from this one as
 * HMAC-SHA-256 of the name of the use, so that one use reveals nothing about another.
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

    /** Computes the nonces of the deterministic form from plaintexts. */
    Mac nonces() {
        return Hasher.mac(nonces);
    }
}
