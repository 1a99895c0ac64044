// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransactionLogTest {

    private static final TopicPartition PARTITION = new TopicPartition("a", 0);
    private static final int TRANSACTIONAL = 16;
    private static final int MARKER = 48;

    @TempDir
    private Path directory;

    @Test
    void readsAllSegmentsUpToTheLastCompleteBatch() throws IOException {
        // Given
        write("00000000000000000000.log", batch(0, 2, 7, 1, TRANSACTIONAL), batch(3, 0, 7, 2, MARKER));
        write("00000000000000000004.log", batch(4, 0, -1, -1, 0), batch(5, 0, 7, 2, TRANSACTIONAL), half(6));
        write("00000000000000000004.index", new byte[3]);

        // When
        TransactionLog log = TransactionLog.read(Map.of(PARTITION, directory));

        // Then
        assertThat(log.of("a", 0, 0)).contains(new KafkaTransaction(7, (short) 1));
        assertThat(log.of("a", 0, 2)).contains(new KafkaTransaction(7, (short) 1));
        assertThat(log.of("a", 0, 3)).isEmpty();
        assertThat(log.of("a", 0, 4)).isEmpty();
        assertThat(log.of("a", 0, 5)).contains(new KafkaTransaction(7, (short) 2));
        assertThat(log.of("a", 0, 6)).isEmpty();
        assertThat(log.of("a", 1, 0)).isEmpty();
    }

    @Test
    void refusesAClusterThatUsesAnEpochForSeveralTransactions() throws IOException {
        // Given
        write(
                "00000000000000000000.log",
                batch(0, 0, 7, 1, TRANSACTIONAL),
                batch(1, 0, 7, 1, MARKER),
                batch(2, 0, 7, 1, TRANSACTIONAL));

        // Then
        assertThatThrownBy(() -> TransactionLog.read(Map.of(PARTITION, directory)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("transaction.version=2");
    }

    @Test
    void refusesWhatIsNoSegment() throws IOException {
        // Given
        write("00000000000000000000.log", new byte[100]);

        // Then
        assertThatThrownBy(() -> TransactionLog.read(Map.of(PARTITION, directory)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no batch at 0");
    }

    private void write(String name, byte[]... batches) throws IOException {
        ByteBuffer all = ByteBuffer.allocate(1_000);
        Arrays.stream(batches).forEach(all::put);
        Files.write(directory.resolve(name), Arrays.copyOf(all.array(), all.position()));
    }

    private static byte[] batch(long first, int more, long producer, int epoch, int attributes) {
        return ByteBuffer.allocate(70)
                .putLong(0, first)
                .putInt(8, 70 - 12)
                .put(16, (byte) 2)
                .putShort(21, (short) attributes)
                .putInt(23, more)
                .putLong(43, producer)
                .putShort(51, (short) epoch)
                .array();
    }

    private static byte[] half(long first) {
        return Arrays.copyOf(batch(first, 0, 7, 2, TRANSACTIONAL), 65);
    }
}
