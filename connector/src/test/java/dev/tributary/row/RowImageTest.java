// SPDX-License-Identifier: Apache-2.0
package dev.tributary.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RowImageTest {

    @Test
    void tellsTextNullAndUnchangedApart() {
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
    void readsAsliceOfLargerBufferAndStopsBehindTheTuple() {
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
    void showsNoContent() {
        assertThat(Tuples.row("secret")).hasToString("row of 1 columns");
    }
}
