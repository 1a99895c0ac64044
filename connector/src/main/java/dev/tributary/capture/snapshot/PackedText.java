// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * A text for an offset. A short one is written as it is, so that people can read it. A long one is compressed: Connect
 * stores no offset above {@code max.request.size}, 1 MB, and an exactly-once worker stores one with each transaction.
 */
final class PackedText {

    /** Longer texts are compressed. */
    private static final int LONGEST_PLAIN = 4_096;

    private static final String PREFIX = "deflate:";

    private PackedText() {}

    static String pack(String text) {
        if (text.length() <= LONGEST_PLAIN) {
            return text;
        }
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed, deflater)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            deflater.end();
        }
        return PREFIX + Base64.getEncoder().withoutPadding().encodeToString(packed.toByteArray());
    }

    /** @throws IllegalArgumentException if the text is neither plain nor one that {@link #pack} made */
    static String unpack(String text) {
        if (!text.startsWith(PREFIX)) {
            return text;
        }
        byte[] packed = Base64.getDecoder().decode(text.substring(PREFIX.length()));
        try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(packed))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalArgumentException("The text of an offset is damaged", e);
        }
    }
}
