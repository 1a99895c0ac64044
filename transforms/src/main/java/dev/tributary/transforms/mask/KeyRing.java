// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.mask;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keys by their ids, written as {@code id:base64,id:base64}. No message contains any of the text: it could be a key.
 */
public final class KeyRing {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private final Map<String, MasterKey> keys;

    private KeyRing(Map<String, MasterKey> keys) {
        this.keys = keys;
    }

    /** @throws IllegalArgumentException if an entry is not valid, or an id occurs twice */
    public static KeyRing parse(String text) {
        Map<String, MasterKey> keys = new LinkedHashMap<>();
        String[] entries = text.split(",", -1);
        for (int i = 0; i < entries.length; i++) {
            MasterKey key = key(entries[i].strip(), "entry " + (i + 1) + " of " + entries.length);
            if (keys.put(key.id(), key) != null) {
                throw new IllegalArgumentException("entry " + (i + 1) + " has an id that is already used");
            }
        }
        return new KeyRing(keys);
    }

    private static MasterKey key(String entry, String which) {
        int colon = entry.indexOf(':');
        String id = entry.substring(0, Math.max(colon, 0));
        if (!isId(id)) {
            throw new IllegalArgumentException(
                    which + " is not id:base64, with an id of up to 64 letters, digits, dots, hyphens and underscores");
        }
        byte[] key;
        try {
            key = Base64.getDecoder().decode(entry.substring(colon + 1));
        } catch (IllegalArgumentException e) {
            // Without the cause, whose message can contain a character of the key.
            throw new IllegalArgumentException(
                    which + " has a key that is not base64; create one with: openssl rand -base64 32");
        }
        if (key.length != MasterKey.LENGTH) {
            throw new IllegalArgumentException(which + " has a key of " + key.length + " bytes and must have one of "
                    + MasterKey.LENGTH + "; create one with: openssl rand -base64 32");
        }
        return new MasterKey(id, key);
    }

    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /** Whether there is a key with this id. */
    public boolean has(String id) {
        return keys.containsKey(id);
    }

    /** Null if there is no such key. */
    @Nullable
    MasterKey get(String id) {
        return keys.get(id);
    }

    MasterKey first() {
        return keys.values().iterator().next();
    }
}
