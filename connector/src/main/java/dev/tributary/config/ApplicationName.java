// SPDX-License-Identifier: Apache-2.0
package dev.tributary.config;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * The {@code application_name} that a connector's replication connection shows in the database: {@code Tributary <topic
 * prefix> <connector>}. It says whose connection uses a slot, so that a connector can tell its own task from another
 * connector, on any worker.
 *
 * @param prefix the topic prefix, shortened if it is long
 * @param connector the name of the connector, shortened if it is long
 */
public record ApplicationName(String prefix, String connector) {

    private static final String PRODUCT = "Tributary ";

    /** Postgres cuts the name off after 63 bytes. Both parts must remain distinct, so each has its own limit. */
    private static final int LONGEST_PART = 26;

    private static final int HASH = 8;

    /** The name of a connector. */
    static ApplicationName of(String prefix, String connector) {
        return new ApplicationName(fitted(prefix), fitted(connector));
    }

    /** Reads what {@link #text} wrote; empty for the name of anything else. */
    public static Optional<ApplicationName> parse(String text) {
        String[] parts =
                text.startsWith(PRODUCT) ? text.substring(PRODUCT.length()).split(" ", 2) : new String[0];
        return parts.length == 2 ? Optional.of(new ApplicationName(parts[0], parts[1])) : Optional.empty();
    }

    /** The name as the database shows it. */
    public String text() {
        return PRODUCT + prefix + " " + connector;
    }

    /** Short and in printable ASCII, which is what the server keeps; a text that was changed ends with its hash. */
    private static String fitted(String text) {
        String ascii = text.replaceAll("[^!-~]", "_");
        if (ascii.equals(text) && text.length() <= LONGEST_PART) {
            return text;
        }
        CRC32 hash = new CRC32();
        hash.update(text.getBytes(StandardCharsets.UTF_8));
        return ascii.substring(0, Math.min(ascii.length(), LONGEST_PART - HASH - 1)) + "~"
                + String.format(Locale.ROOT, "%08x", hash.getValue());
    }
}
