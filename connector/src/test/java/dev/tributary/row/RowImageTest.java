// SPDX-License-Identifier: Apache-2.0
package dev.tributary.row;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowImageTest {

    @Test
    void distinguishesTextNullAndUnchanged() {
        // When
        RowImage row = Tuples.row("grün", null, Tuples.UNCHANGED, "");

        // Then
        assertThat(row.columns()).isEqualTo(4);
        assertThat(row.text(0)).isEqualTo("grün");
        assertThat(row.isNull(1)).isTrue();
        assertThat(row.isUnchanged(2)).isTrue();
        assertThat(row.hasText(2)).isFalse();
        assertThat(row.hasText(3)).isTrue();
        assertThat(row.text(3)).isEmpty();
    }

    @Test
    void readsASliceOfALargerBufferAndStopsAfterTheTuple() {
        // Given
        byte[] tuple = Tuples.bytes("a", "b");
        byte[] all = new byte[tuple.length + 20];
        System.arraycopy(tuple, 0, all, 7, tuple.length);
        ByteBuffer slice = ByteBuffer.wrap(all, 7, tuple.length + 5).slice();

        // When
        RowImage row = RowImage.ofTuple(slice);

        // Then
        assertThat(row.text(1)).isEqualTo("b");
        assertThat(slice.position()).isEqualTo(tuple.length);
    }

    @Test
    void neverReadsPastTheEnd() {
        // Given
        byte[] tuple = Tuples.bytes("some text", null, "more");

        // Then
        for (int length = 0; length < tuple.length; length++) {
            ByteBuffer cut = ByteBuffer.wrap(Arrays.copyOf(tuple, length));
            assertThatThrownBy(() -> RowImage.ofTuple(cut))
                    .isInstanceOfAny(BufferUnderflowException.class, MalformedRowException.class);
        }
    }

    @Test
    void refusesAnUnknownKindOfColumn() {
        assertThatThrownBy(() -> RowImage.ofTuple(ByteBuffer.wrap(new byte[] {0, 1, 'x'})))
                .isInstanceOf(MalformedRowException.class)
                .hasMessageContaining("column 0");
    }

    @Test
    void readsTheColumnsOfARowOfCopy() {
        // Given
        byte[] copied = "12\t\\N\t\tgr\u00fcn\\tund\\\\N \u0001 lang genug f\u00fcr mehrere W\u00f6rter\\n\tt\n"
                .getBytes(UTF_8);

        // When
        RowImage row = RowImage.ofCopyText(copied, 5);

        // Then
        assertThat(row.text(0)).isEqualTo("12");
        assertThat(row.isNull(1)).isTrue();
        assertThat(row.text(2)).isEmpty();
        assertThat(row.text(3)).isEqualTo("gr\u00fcn\tund\\N \u0001 lang genug f\u00fcr mehrere W\u00f6rter\n");
        assertThat(row.text(4)).isEqualTo("t");
    }

    @Test
    void readsAnyTextThatCopyEscapes() {
        long seed = System.nanoTime();
        System.out.println("RowImageTest seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            // Given
            List<@Nullable String> values = values(random);

            // When
            RowImage row = RowImage.ofCopyText(copied(values).getBytes(UTF_8), values.size());

            // Then
            for (int column = 0; column < values.size(); column++) {
                String value = row.isNull(column) ? null : row.text(column);
                assertThat(value).as("seed %d", seed).isEqualTo(values.get(column));
            }
        }
    }

    private static List<@Nullable String> values(Random random) {
        String letters = "\b\f\n\r\t\u000b\\\u0001\u007f\u00fc\u20acN \"{[]}xyz0123456789";
        List<@Nullable String> values = new ArrayList<>();
        for (int columns = 1 + random.nextInt(5); columns > 0; columns--) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(30); length > 0; length--) {
                // Mostly characters that need no escape, as in real data.
                text.append(random.nextInt(4) > 0 ? 'a' : letters.charAt(random.nextInt(letters.length())));
            }
            values.add(random.nextInt(8) == 0 ? null : text.toString());
        }
        return values;
    }

    /** As Postgres writes it. */
    private static String copied(List<@Nullable String> values) {
        return values.stream()
                .map(value -> value == null
                        ? "\\N"
                        : value.replace("\\", "\\\\")
                                .replace("\b", "\\b")
                                .replace("\f", "\\f")
                                .replace("\n", "\\n")
                                .replace("\r", "\\r")
                                .replace("\t", "\\t")
                                .replace("\u000b", "\\v"))
                .collect(Collectors.joining("\t", "", "\n"));
    }

    @Test
    void refusesARowOfCopyWithAnotherNumberOfColumns() {
        for (String copied : List.of("a\n", "a\tb\tc\n")) {
            assertThatThrownBy(() -> RowImage.ofCopyText(copied.getBytes(UTF_8), 2))
                    .isInstanceOf(MalformedRowException.class);
        }
    }

    @Test
    void showsNoContent() {
        assertThat(Tuples.row("secret")).hasToString("row of 1 columns");
    }
}
