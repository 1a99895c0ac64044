// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.link;

import static dev.tributary.sandbox.link.Ends.other;
import static dev.tributary.sandbox.link.Ends.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A link that holds or delays. */
class SlowLinkTest {

    private static final Duration AN_HOUR = Duration.ofHours(1);

    private final Loopback loopback = new Loopback();
    private final Link link = loopback.link();

    @AfterEach
    void close() throws IOException {
        loopback.close();
    }

    @ParameterizedTest
    @EnumSource
    void holdsOneDirectionAndLosesNothing(Direction direction) throws IOException {
        // Given
        Ends ends = loopback.connect();

        // When
        link.hold(direction);
        ends.send(direction, "held");
        ends.send(other(direction), "passes");
        ends.sender(direction).shutdownOutput();

        // Then
        ends.expect(other(direction), "passes");
        ends.expectNothing(direction);

        // When
        link.heal();

        // Then
        ends.expect(direction, "held");
        ends.expectEnd(direction);
    }

    @ParameterizedTest
    @EnumSource
    void holdsTheResetOfAConnection(Direction direction) throws IOException {
        // Given
        Ends ends = loopback.connect();
        link.hold(direction);

        // When
        ends.sender(direction).setSoLinger(true, 0);
        ends.sender(direction).close();
        ends.send(other(direction), "to nobody");

        // Then
        ends.expectNothing(direction);

        // When
        link.heal();

        // Then
        ends.expectReset(direction);
        loopback.awaitNoConnection();
    }

    @Test
    void holdsBothDirectionsIfNoneIsNamed() throws IOException {
        // Given
        Ends ends = loopback.connect();

        // When
        link.hold();

        // Then
        for (Direction direction : Direction.values()) {
            ends.send(direction, "held");
            ends.expectNothing(direction);
        }

        // When
        link.heal();

        // Then
        for (Direction direction : Direction.values()) {
            ends.expect(direction, "held");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aConnectionMadeWhileHeldReachesTheServerAfterwards(Direction direction) throws IOException {
        // Given
        link.hold(direction);
        Socket waiting = loopback.client();
        waiting.getOutputStream().write('w');
        Socket impatient = loopback.client();
        await().untilAsserted(() -> assertThat(link.connections()).isEqualTo(2));
        impatient.close();
        await().untilAsserted(() -> assertThat(link.connections()).isEqualTo(1));
        loopback.server().setSoTimeout(Ends.SILENCE_MILLIS);
        assertThatThrownBy(loopback.server()::accept).isInstanceOf(SocketTimeoutException.class);

        // When
        link.heal();

        // Then
        Ends ends = new Ends(waiting, loopback.accept());
        ends.expect(Direction.TO_SERVER, "w");
        ends.expectBothWaysToPass();
        loopback.server().setSoTimeout(Ends.SILENCE_MILLIS);
        assertThatThrownBy(loopback.server()::accept).isInstanceOf(SocketTimeoutException.class);
    }

    @ParameterizedTest
    @EnumSource
    void keepsWhatASenderSendsWhileHeldUntilItsBuffersAreFull(Direction direction) throws Exception {
        // Given
        Ends ends = loopback.connect();
        byte[] bytes = random(8 << 20);
        link.hold();

        // When
        CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> ends.send(direction, bytes));
        ends.expectNothing(direction);
        link.heal();

        // Then
        ends.expect(direction, bytes);
        sent.get();
    }

    @ParameterizedTest
    @EnumSource
    void delaysEachDirection(Direction direction) throws IOException {
        // Given
        Ends ends = loopback.connect();
        link.delay(AN_HOUR);

        // When
        ends.send(direction, "late");
        ends.sender(direction).shutdownOutput();

        // Then
        ends.expectNothing(direction);

        // When
        link.heal();

        // Then
        ends.expect(direction, "late");
        ends.expectEnd(direction);
    }

    @ParameterizedTest
    @EnumSource
    void passesEverythingInOrderAfterAShortDelay(Direction direction) throws Exception {
        // Given
        Ends ends = loopback.connect();
        byte[] bytes = random(1 << 20);
        link.delay(Duration.ofMillis(5));

        // When
        CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> ends.send(direction, bytes));

        // Then
        ends.expect(direction, bytes);
        sent.get();
    }

    @ParameterizedTest
    @EnumSource
    void limitsTheRateOfEachDirection(Direction direction) throws IOException {
        // Given
        Ends ends = loopback.connect();
        byte[] bytes = random(10_000);
        link.throttle(1);

        // When
        ends.send(direction, bytes);

        // Then
        assertThat(ends.receiver(direction).getInputStream().read()).isEqualTo(bytes[0] & 0xff);
        assertThat(ends.receiver(direction).getInputStream().available()).isLessThan(bytes.length - 1);

        // When
        link.heal();

        // Then
        byte[] rest = ends.receiver(direction).getInputStream().readNBytes(bytes.length - 1);
        assertThat(rest).isEqualTo(Arrays.copyOfRange(bytes, 1, bytes.length));
    }

    @Test
    void connectionsShareALimitedRate() throws Exception {
        // Given
        List<Ends> all = List.of(loopback.connect(), loopback.connect(), loopback.connect());
        byte[] bytes = random(200_000);
        link.throttle(2_000_000);

        // When
        List<CompletableFuture<Void>> sent = all.stream()
                .map(ends -> CompletableFuture.runAsync(() -> ends.send(Direction.TO_SERVER, bytes)))
                .toList();

        // Then
        for (Ends ends : all) {
            ends.expect(Direction.TO_SERVER, bytes);
        }
        for (CompletableFuture<Void> each : sent) {
            each.get();
        }
    }
}
