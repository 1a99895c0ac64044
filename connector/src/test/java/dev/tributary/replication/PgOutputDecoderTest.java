// SPDX-License-Identifier: Apache-2.0
package dev.tributary.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.row.RowImage;
import dev.tributary.row.Tuples;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PgOutputDecoderTest {

    private final List<String> seen = new ArrayList<>();
    private final List<Long> lsns = new ArrayList<>();
    private final PgOutputDecoder decoder = new PgOutputDecoder(new Recorder());

    @Test
    void aTransactionIsPassedOnMessageByMessage() throws Exception {
        // When
        decode(message('B').putLong(0x16_00000010L).putLong(0).putInt(-1));
        decode(message('I').putInt(42).put((byte) 'N').put(Tuples.bytes("1", null)));
        decode(message('U').putInt(42).put((byte) 'N').put(Tuples.bytes("1", "x")));
        decode(message('U')
                .putInt(42)
                .put((byte) 'K')
                .put(Tuples.bytes("1", null))
                .put((byte) 'N')
                .put(Tuples.bytes("2", "x")));
        decode(message('D').putInt(42).put((byte) 'O').put(Tuples.bytes("2", "x")));
        decode(message('T').putInt(2).put((byte) 1).putInt(42).putInt(43));
        decode(message('C').put((byte) 0).putLong(7).putLong(9).putLong(0));

        // Then
        assertThat(seen)
                .containsExactly(
                        "begin 1600000010 at 946684800000000 by 4294967295",
                        "insert 42 [1, null]",
                        "update 42 null [1, x]",
                        "update 42 [1, null] [2, x]",
                        "delete 42 [2, x]",
                        "truncate [42, 43]",
                        "commit 7 9");
    }

    @Test
    void messagesOriginsAndRelationsArePassedOn() throws Exception {
        // When
        decode(message('M').put((byte) 1).putLong(5).put(text("app")).putInt(2).put(new byte[] {'h', 'i'}));
        decode(message('O').putLong(6).put(text("köln")));
        decode(message('R').putInt(42).put(text("public")));
        decode(message('Y').putInt(42));

        // Then
        assertThat(seen).containsExactly("message true 5 app hi", "origin 6 köln", "relation 42");
    }

    @Test
    void eachMessageComesWithItsLsn() throws Exception {
        // When
        decoder.decode(message('B').putLong(9).putLong(0).putInt(7).flip(), 2);
        decoder.decode(
                message('I').putInt(42).put((byte) 'N').put(Tuples.bytes("1")).flip(), 3);
        decoder.decode(
                message('M').put((byte) 0).putLong(5).put(text("app")).putInt(0).flip(), 4);
        decoder.decode(
                message('C').put((byte) 0).putLong(7).putLong(9).putLong(0).flip(), 5);

        // Then
        assertThat(lsns).containsExactly(2L, 3L, 4L, 5L);
    }

    @Test
    void anUnknownMessageIsNamedWithItsLsn() {
        assertThatThrownBy(() -> decoder.decode(ByteBuffer.wrap(new byte[] {'Z', 1}), 0x16_B374D848L))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("'Z'")
                .hasMessageContaining("16/B374D848");
    }

    @Test
    void theAbortOfATransactionThatWasNeverSentIsLeftOut() throws Exception {
        // When
        decode(message('A').putInt(7).putInt(7));

        // Then
        assertThat(seen).isEmpty();
    }

    @Test
    void aMessageThatEndsTooEarlyIsAClearError() {
        // Given
        ByteBuffer update = message('U')
                .putInt(42)
                .put((byte) 'K')
                .put(Tuples.bytes("1"))
                .put((byte) 'N')
                .put(Tuples.bytes("2"));
        byte[] whole = new byte[update.position()];
        update.flip().get(whole);

        // Then
        for (int length = 1; length < whole.length; length++) {
            ByteBuffer cut = ByteBuffer.wrap(Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> decoder.decode(cut, 1)).isInstanceOf(MalformedMessageException.class);
        }
        assertThat(seen).isEmpty();
    }

    @Test
    void noBytesWhateverDoAnythingButSucceedOrFailClearly() {
        // Given
        long seed = System.nanoTime();
        System.out.println("PgOutputDecoderTest seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        byte[] types = "BCIUDRTMOYZ".getBytes(StandardCharsets.US_ASCII);

        // Then
        for (int i = 0; i < 50_000; i++) {
            byte[] bytes = new byte[1 + random.nextInt(60)];
            random.nextBytes(bytes);
            bytes[0] = types[random.nextInt(types.length)];
            try {
                decoder.decode(ByteBuffer.wrap(bytes), i);
            } catch (MalformedMessageException e) {
                assertThat(e).hasMessageContaining("LSN");
            } catch (Exception e) {
                assertThatCode(() -> {
                            throw e;
                        })
                        .as("bytes %s", Arrays.toString(bytes))
                        .doesNotThrowAnyException();
            }
        }
    }

    private void decode(ByteBuffer message) throws Exception {
        decoder.decode(message.flip(), 1);
    }

    private static ByteBuffer message(char type) {
        return ByteBuffer.allocate(1 << 12).put((byte) type);
    }

    private static byte[] text(String text) {
        return (text + "\0").getBytes(StandardCharsets.UTF_8);
    }

    /** Writes down each message. */
    private final class Recorder implements PgOutputHandler {

        @Override
        public void begin(long lsn, long commitLsn, long commitMicros, long transaction) {
            note(lsn, "begin " + Long.toHexString(commitLsn) + " at " + commitMicros + " by " + transaction);
        }

        @Override
        public void commit(long lsn, long commitLsn, long endLsn) {
            note(lsn, "commit " + commitLsn + " " + endLsn);
        }

        @Override
        public void relation(long lsn, int relation, ByteBuffer message) {
            note(lsn, "relation " + relation);
        }

        @Override
        public void insert(long lsn, int relation, RowImage after) {
            note(lsn, "insert " + relation + " " + text(after));
        }

        @Override
        public void update(long lsn, int relation, @Nullable RowImage before, RowImage after) {
            note(lsn, "update " + relation + " " + text(before) + " " + text(after));
        }

        @Override
        public void delete(long lsn, int relation, RowImage before) {
            note(lsn, "delete " + relation + " " + text(before));
        }

        @Override
        public void truncate(long lsn, int[] relations) {
            note(lsn, "truncate " + Arrays.toString(relations));
        }

        @Override
        public void message(long lsn, boolean transactional, long messageLsn, String prefix, byte[] content) {
            note(
                    lsn,
                    "message " + transactional + " " + messageLsn + " " + prefix + " "
                            + new String(content, StandardCharsets.UTF_8));
        }

        @Override
        public void origin(long lsn, long originLsn, String name) {
            note(lsn, "origin " + originLsn + " " + name);
        }

        private void note(long lsn, String message) {
            seen.add(message);
            lsns.add(lsn);
        }

        private String text(@Nullable RowImage row) {
            if (row == null) {
                return "null";
            }
            List<@Nullable String> columns = new ArrayList<>();
            for (int i = 0; i < row.columns(); i++) {
                columns.add(row.hasText(i) ? row.text(i) : null);
            }
            return columns.toString();
        }
    }
}
