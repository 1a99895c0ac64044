// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.cloudevent;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Names as parts of the path of a URI. */
public final class UriPath {

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private UriPath() {}

    /** A name in which all but letters, digits and {@code -._~} is encoded (RFC 3986, 2.1 and 2.3). */
    public static String segment(String name) {
        StringBuilder segment = new StringBuilder(name.length());
        for (byte each : name.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (each & 0xFF);
            if (isUnreserved(c)) {
                segment.append(c);
            } else {
                segment.append('%').append(HEX.toHexDigits(each));
            }
        }
        return segment.toString();
    }

    private static boolean isUnreserved(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "-._~".indexOf(c) >= 0;
    }
}
