// SPDX-License-Identifier: Apache-2.0
package dev.tributary.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.position.Lsn;
import dev.tributary.position.SlotMark;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReplicationReaderTest {

    private static final long INTERVAL_MILLIS = 10_000;
    private static final long START = 1_000;

    private final FakeWalsender server = new FakeWalsender();

    @SuppressWarnings("NullAway.Init") // opened before each test
    private ReplicationReader reader;

    private long nanos = 7;

    @BeforeEach
    void open() throws SQLException {
        reader = new ReplicationReader(
                server.connection(), "START_REPLICATION …", new Lsn(START), INTERVAL_MILLIS, () -> nanos);
    }

    @Test
    void startsTheStreamWithItsCommand() {
        assertThat(server.commands()).containsExactly("START_REPLICATION …");
        assertThat(server.statuses()).isEmpty();
    }

    @Test
    void returnsTheMessageOfTheOutputPluginAndItsPosition() throws SQLException {
        // Given
        server.sendData(2_000, (byte) 'I', (byte) 7);

        // When
        ByteBuffer message = Objects.requireNonNull(reader.read());

        // Then
        byte[] payload = new byte[message.remaining()];
        message.get(payload);
        assertThat(payload).containsExactly('I', 7);
        assertThat(reader.lsn()).isEqualTo(2_000);
        assertThat(reader.receivedUpTo()).isEqualTo(new Lsn(2_000));
    }

    @Test
    void returnsNothingIfNothingHasArrived() throws SQLException {
        assertThat(reader.read()).isNull();
        assertThat(reader.receivedUpTo()).isEqualTo(new Lsn(START));
    }

    @Test
    void answersAKeepaliveOnlyIfTheServerAsks() throws SQLException {
        // Given
        server.sendKeepalive(2_000, false);
        assertThat(reader.read()).isNull();
        assertThat(server.statuses()).isEmpty();

        // When
        server.sendKeepalive(3_000, true);
        server.sendData(3_500, (byte) 'B');
        ByteBuffer message = reader.read();

        // Then
        assertThat(message).isNotNull();
        assertThat(server.statuses()).containsExactly(new FakeWalsender.Status(3_000, START, START, true));
        assertThat(reader.lsn()).as("that of the message").isEqualTo(3_500);
    }

    @Test
    void sendsItsStatusWhenItIsDue() throws SQLException {
        // Given
        advance(INTERVAL_MILLIS - 1);
        reader.read();
        assertThat(server.statuses()).isEmpty();

        // When
        advance(1);
        reader.read();
        reader.read();

        // Then
        assertThat(server.statuses()).hasSize(1);
    }

    /** At a steady rate there is always a message to read. */
    @Test
    void sendsItsStatusAlsoWhileMessagesKeepArriving() throws SQLException {
        // Given
        advance(INTERVAL_MILLIS);
        server.sendData(2_000, (byte) 'B');

        // When
        reader.read();

        // Then
        assertThat(server.statuses()).containsExactly(new FakeWalsender.Status(2_000, START, START, true));
    }

    @Test
    void aStatusReportsWhatIsReceivedAndWhatIsAcknowledged() throws SQLException {
        // Given
        server.sendData(2_000, (byte) 'B');
        reader.read();

        // When
        reader.acknowledge(new Lsn(1_500));
        reader.sendStatus();

        // Then
        assertThat(server.statuses()).containsExactly(new FakeWalsender.Status(2_000, 1_500, 1_500, true));
    }

    /** The server takes no client seriously that has processed more than it has received. */
    @Test
    void aStatusNeverReportsMoreAsAcknowledgedThanAsReceived() throws SQLException {
        // When
        reader.acknowledge(new Lsn(5_000));
        reader.sendStatus();

        // Then
        assertThat(server.statuses()).containsExactly(new FakeWalsender.Status(5_000, 5_000, 5_000, true));
    }

    /** A server that shuts down asks until the end of what it sent is acknowledged, which a marked position is not. */
    @Test
    void anAnswerLeavesOutAMarkedPositionOnceEverythingIsProcessed() throws SQLException {
        // Given
        server.sendKeepalive(2_000, false);
        reader.read();
        Lsn marked = SlotMark.of("shop").on(new Lsn(2_000));
        reader.acknowledge(marked);
        reader.sendStatus();

        // When
        server.sendKeepalive(2_000, true);
        reader.read();
        server.sendKeepalive(3_000, true);
        reader.read();

        // Then
        assertThat(server.statuses())
                .containsExactly(
                        new FakeWalsender.Status(2_000, marked.value(), marked.value(), true),
                        new FakeWalsender.Status(2_000, 0, 0, true),
                        new FakeWalsender.Status(3_000, marked.value(), marked.value(), true));
    }

    @Test
    void closingReportsTheLatestPositionIfItIsNew() throws SQLException {
        // Given
        server.sendData(2_000, (byte) 'B');
        reader.read();
        reader.acknowledge(new Lsn(2_000));

        // When
        reader.close();

        // Then
        assertThat(server.statuses()).containsExactly(new FakeWalsender.Status(2_000, 2_000, 2_000, true));
        assertThat(server.isClosed()).isTrue();
    }

    @Test
    void positionsAreComparedWithoutASign() throws SQLException {
        // Given
        long high = 0xFFFF_FFFF_0000_0000L;
        server.sendKeepalive(high, false);
        server.sendKeepalive(5_000, false);

        // When
        reader.read();
        reader.sendStatus();
        reader.acknowledge(new Lsn(high - 1));
        reader.acknowledge(new Lsn(5_000));
        reader.sendStatus();

        // Then
        assertThat(server.statuses())
                .containsExactly(
                        new FakeWalsender.Status(high, START, START, true),
                        new FakeWalsender.Status(high, high - 1, high - 1, true));
    }

    @Test
    void aServerThatStaysSilentForSixIntervalsCountsAsLost() throws SQLException {
        // Given
        for (int interval = 0; interval < 7; interval++) {
            advance(INTERVAL_MILLIS);
            reader.read();
        }
        assertThat(server.statuses()).hasSize(7);

        // When
        advance(INTERVAL_MILLIS);

        // Then
        assertThatThrownBy(reader::read)
                .isInstanceOf(SQLException.class)
                .hasMessage("The server has not answered for 70 s")
                .extracting(thrown -> ((SQLException) thrown).getSQLState())
                .isEqualTo("08006");
    }

    @Test
    void theSilenceIsNoticedWhileAnotherThreadSendsTheStatus() throws SQLException {
        // Given
        for (int interval = 0; interval < 7; interval++) {
            advance(INTERVAL_MILLIS);
            reader.sendStatus();
            reader.read();
        }

        // When
        advance(INTERVAL_MILLIS);
        reader.sendStatus();

        // Then
        assertThatThrownBy(reader::read).hasMessage("The server has not answered for 70 s");
    }

    @Test
    void aReaderThatDidNotRunReadsWhatHasArrivedFirst() throws SQLException {
        // Given
        advance(INTERVAL_MILLIS);
        reader.sendStatus();

        // When
        advance(100 * INTERVAL_MILLIS);
        server.sendKeepalive(START, false);

        // Then
        assertThatCode(reader::read).doesNotThrowAnyException();
    }

    @Test
    void anAnswerEndsTheSilence() throws SQLException {
        // Given
        for (int interval = 0; interval < 20; interval++) {
            advance(INTERVAL_MILLIS);
            if (interval % 5 == 0) {
                server.sendKeepalive(START, false);
            }

            // When, Then
            assertThatCode(reader::read).doesNotThrowAnyException();
        }
        assertThat(reader.lastHeardNanos()).isEqualTo(nanos - TimeUnit.MILLISECONDS.toNanos(4 * INTERVAL_MILLIS));
    }

    /**
     * Positions can be requested every few milliseconds, and the silence of the server must be noticed all the same.
     */
    @Test
    void aRequestForThePositionDoesNotReplaceTheRegularStatus() throws SQLException {
        // Given
        advance(INTERVAL_MILLIS - 1);

        // When
        reader.requestPosition();
        advance(1);
        reader.read();

        // Then
        assertThat(server.statuses()).hasSize(2).allMatch(FakeWalsender.Status::asksForReply);
    }

    @Test
    void theReadingThreadLearnsWhyAStatusCouldNotBeSent() {
        // Given
        SQLException reason = new SQLException("terminating connection", "57P01");
        server.refuse(reason);

        // Then
        assertThatThrownBy(reader::sendStatus).isSameAs(reason);
        server.sendData(2_000, (byte) 'B');
        assertThatThrownBy(reader::read).isSameAs(reason);
    }

    @Test
    void theEndOfTheStreamIsAnError() throws SQLException {
        // Given
        server.sendData(2_000, (byte) 'B');
        server.end();
        assertThat(reader.read()).isNotNull();

        // Then
        assertThatThrownBy(reader::read)
                .hasMessage("The server has ended the replication stream")
                .extracting(thrown -> ((SQLException) thrown).getSQLState())
                .isEqualTo("08006");
    }

    @Test
    void aStatusAfterTheEndOfTheStreamIsALostConnection() {
        // Given: a message is still to be read when a status is due, and the other thread has seen the end
        server.sendData(2_000, (byte) 'B');
        server.refuse(new SQLException("Tried to write to an inactive copy operation", "55000"));

        // Then
        assertThatThrownBy(reader::sendStatus)
                .hasMessage("The server has ended the replication stream")
                .extracting(thrown -> ((SQLException) thrown).getSQLState())
                .isEqualTo("08006");
        assertThatThrownBy(reader::read).hasMessage("The server has ended the replication stream");
    }

    @Test
    void theFirstReasonIsTheOneThatCounts() {
        // Given
        SQLException reason = new SQLException("terminating connection", "57P01");
        server.refuse(reason);
        assertThatThrownBy(reader::sendStatus).isSameAs(reason);

        // When
        server.refuse(new SQLException("Tried to write to an inactive copy operation", "55000"));

        // Then
        assertThatThrownBy(reader::sendStatus).isSameAs(reason);
        assertThatThrownBy(reader::read).isSameAs(reason);
    }

    @Test
    void aMessageOfAnotherProtocolIsAnError() {
        // Given
        server.send((byte) 'x', (byte) 0);

        // Then
        assertThatThrownBy(reader::read)
                .hasMessageContaining("not part of the replication protocol")
                .extracting(thrown -> ((SQLException) thrown).getSQLState())
                .isEqualTo("08P01");
    }

    @Test
    void closingClosesTheConnection() throws SQLException {
        // When
        reader.close();

        // Then
        assertThat(server.isClosed()).isTrue();
    }

    @Test
    void noPositionEverGoesBack() throws SQLException {
        long seed = System.nanoTime();
        System.out.println("ReplicationReaderTest seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        long received = START;
        long acknowledged = START;
        for (int step = 0; step < 20_000; step++) {
            // Given
            long position = START + random.nextInt(100_000) + step;

            // When
            switch (random.nextInt(5)) {
                case 0 -> {
                    server.sendData(position, (byte) 'I');
                    reader.read();
                    received = Math.max(received, position);
                }
                case 1 -> {
                    server.sendKeepalive(position, random.nextBoolean());
                    reader.read();
                    received = Math.max(received, position);
                }
                case 2 -> {
                    reader.acknowledge(new Lsn(position));
                    acknowledged = Math.max(acknowledged, position);
                }
                case 3 -> reader.sendStatus();
                default -> advance(random.nextLong(INTERVAL_MILLIS));
            }

            // Then
            assertThat(reader.receivedUpTo().value()).isEqualTo(received);
            assertThat(reader.acknowledged().value()).isEqualTo(acknowledged);
            if (!server.statuses().isEmpty()) {
                assertThat(server.lastStatus().written())
                        .isBetween(server.lastStatus().flushed(), Math.max(received, acknowledged));
            }
        }
    }

    private void advance(long millis) {
        nanos += TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
