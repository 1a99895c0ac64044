// SPDX-License-Identifier: Apache-2.0
package dev.tributary.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows in the text format of COPY. */
class CopyTextTest {

    private static final int ROUNDS = 5_000;

    /** Bytes that are rare in data but special in this format. */
    private static final byte[] SPECIAL = "\\\\\\\t\n\r\b\f\u000bNnt.x07\"'".getBytes(StandardCharsets.US_ASCII);

    @Test
    void readsWhatTheServerWrites() {
        long seed = System.nanoTime();
        System.out.println("CopyTextTest seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < ROUNDS; round++) {
            // Given
            List<byte @Nullable []> values = values(random);

            // When
            RowImage row = RowImage.ofCopyText(copied(values), values.size());

            // Then
            assertThat(row.columns()).isEqualTo(values.size());
            for (int i = 0; i < values.size(); i++) {
                assertThat(bytes(row, i)).as("column %d of round %d", i, round).isEqualTo(values.get(i));
                assertThat(row.isNull(i)).isEqualTo(values.get(i) == null);
                assertThat(row.isUnchanged(i)).isFalse();
            }
        }
    }

    @Test
    void distinguishesNullFromTextThatLooksLikeIt() {
        // When
        RowImage row = RowImage.ofCopyText(text("\\N\t\\\\N\tN\t\n"), 4);

        // Then
        assertThat(row.isNull(0)).isTrue();
        assertThat(row.text(1)).isEqualTo("\\N");
        assertThat(row.text(2)).isEqualTo("N");
        assertThat(row.text(3)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "a\n", "a\tb\tc\n", "\\N\n", "\\N\t\\N\t\\N\n", "a\tb", "\\N\t\\N"})
    void refusesARowOfAnotherWidth(String line) {
        assertThatThrownBy(() -> RowImage.ofCopyText(text(line), 2)).isInstanceOf(MalformedRowException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\\", "\\", "a\tb\\"})
    void refusesARowThatEndsWithinAnEscape(String line) {
        assertThatThrownBy(() -> RowImage.ofCopyText(text(line), 2)).isInstanceOf(MalformedRowException.class);
    }

    private static byte[] text(String line) {
        return line.getBytes(StandardCharsets.UTF_8);
    }

    private static List<byte @Nullable []> values(SplittableRandom random) {
        List<byte @Nullable []> values = new ArrayList<>();
        for (int i = 1 + random.nextInt(6); i > 0; i--) {
            byte[] value = new byte[random.nextInt(3) == 0 ? 0 : random.nextInt(20)];
            for (int at = 0; at < value.length; at++) {
                value[at] = random.nextBoolean()
                        ? SPECIAL[random.nextInt(SPECIAL.length)]
                        : (byte) (1 + random.nextInt(255)); // text holds every byte but zero
            }
            values.add(random.nextInt(4) == 0 ? null : value);
        }
        return values;
    }

    /** As the server's CopyAttributeOutText does. */
    private static byte[] copied(List<byte @Nullable []> values) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                line.write('\t');
            }
            byte[] value = values.get(i);
            if (value == null) {
                line.writeBytes(text("\\N"));
            } else {
                for (byte b : value) {
                    escape(line, b);
                }
            }
        }
        line.write('\n');
        return line.toByteArray();
    }

    private static void escape(ByteArrayOutputStream line, byte b) {
        int letter = "\b\f\n\r\t\u000b\\".indexOf(b);
        if (letter < 0) {
            line.write(b);
        } else {
            line.write('\\');
            line.write("bfnrtv\\".charAt(letter));
        }
    }

    private static byte @Nullable [] bytes(RowImage row, int column) {
        return row.hasText(column)
                ? Arrays.copyOfRange(row.bytes(), row.start(column), row.start(column) + row.length(column))
                : null;
    }
}
