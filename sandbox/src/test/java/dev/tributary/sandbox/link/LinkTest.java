// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.link;

import static dev.tributary.sandbox.link.Ends.assertReset;
import static dev.tributary.sandbox.link.Ends.other;
import static dev.tributary.sandbox.link.Ends.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LinkTest {

    private static final Duration AN_HOUR = Duration.ofHours(1);

    private final Loopback loopback = new Loopback();
    private final Link link = loopback.link();

    @AfterEach
    void close() throws IOException {
        loopback.close();
    }

    @Test
    void passesBytesBothWays() throws IOException {
        // Given
        Ends ends = loopback.connect();

        // When, Then
        for (Direction direction : Direction.values()) {
            ends.send(direction, "one");
            ends.expect(direction, "one");
            ends.send(direction, "two");
            ends.expect(direction, "two");
        }
        assertThat(link.connections()).isEqualTo(1);
        assertThat(link.name()).isEqualTo("a link");
        assertThat(link).hasToString("a link on 127.0.0.1:" + link.port());
    }

    @ParameterizedTest
    @EnumSource
    void passesTheEndOfOneDirectionAndThenThatOfTheOther(Direction direction) throws IOException {
        // Given
        Ends ends = loopback.connect();

        // When
        ends.send(direction, "last");
        ends.sender(direction).shutdownOutput();

        // Then
        ends.expect(direction, "last");
        ends.expectEnd(direction);
        ends.send(other(direction), "answer");
        ends.expect(other(direction), "answer");

        // When
        ends.receiver(direction).close();

        // Then
        ends.expectEnd(other(direction));
        loopback.awaitNoConnection();
    }

    @ParameterizedTest
    @EnumSource
    void passesAReset(Direction direction) throws IOException {
        // Given
        Ends ends = loopback.connect();

        // When
        ends.sender(direction).setSoLinger(true, 0);
        ends.sender(direction).close();

        // Then
        ends.expectReset(direction);
        loopback.awaitNoConnection();
    }

    @Test
    void resetsTheClientIfTheServerRefuses() throws IOException {
        // Given
        loopback.server().close();

        // When
        Socket client = loopback.client();

        // Then
        assertReset(client);
        loopback.awaitNoConnection();
    }

    @Test
    void aCutResetsConnectionsAndRefusesNewOnesUntilItHeals() throws IOException {
        // Given
        Ends first = loopback.connect();
        Ends second = loopback.connect();

        // When
        link.cut();

        // Then
        for (Ends ends : List.of(first, second)) {
            assertReset(ends.client());
            assertReset(ends.server());
        }
        assertThat(link.connections()).isZero();
        assertThatThrownBy(loopback::client).isInstanceOf(ConnectException.class);

        // When
        link.heal();

        // Then
        loopback.connect().expectBothWaysToPass();
    }

    @ParameterizedTest
    @EnumSource
    void endsOneDirectionOfOpenConnections(Direction direction) throws IOException {
        // Given
        Ends ends = loopback.connect();

        // When
        link.halfClose(direction);

        // Then
        ends.expectEnd(direction);
        ends.send(direction, "lost");
        ends.send(other(direction), "passes");
        ends.expect(other(direction), "passes");
        loopback.connect().expectBothWaysToPass();

        // When
        link.heal();
        ends.receiver(direction).close();

        // Then
        ends.expectEnd(other(direction));
        await().untilAsserted(() -> assertThat(link.connections()).isEqualTo(1));
    }

    @Test
    void sendsNewConnectionsToAnotherServer() throws IOException {
        try (ServerSocket next = Loopback.listen()) {
            // Given
            Ends before = loopback.connect();

            // When
            link.retarget(next.getLocalPort());

            // Then
            Ends after = new Ends(loopback.client(), loopback.keep(next.accept()));
            after.expectBothWaysToPass();
            before.expectBothWaysToPass();
        }
    }

    @Test
    void closingResetsConnectionsAndRefusesNewOnes() throws IOException {
        // Given
        Ends ends = loopback.connect();

        // When
        link.close();
        link.close();

        // Then
        assertReset(ends.client());
        assertReset(ends.server());
        assertThat(link.connections()).isZero();
        assertThatThrownBy(loopback::client).isInstanceOf(ConnectException.class);
    }

    @Test
    void faultsEachEndWithTheLinkThatHeals() throws IOException {
        // Given
        link.delay(AN_HOUR);
        link.throttle(1);
        link.hold();
        link.cut();

        // When
        link.heal();

        // Then
        loopback.connect().expectBothWaysToPass();
    }

    @Test
    void refusesADelayOrARateThatIsNone() {
        assertThatThrownBy(() -> link.delay(Duration.ofMillis(-1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> link.throttle(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void carriesManyConnectionsAtATimeUnchanged() throws Exception {
        // Given
        int count = 200;
        List<Ends> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(loopback.connect());
        }
        assertThat(link.connections()).isEqualTo(count);
        byte[] bytes = random(300_000);

        // When
        CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> {
            for (Ends ends : all) {
                ends.send(Direction.TO_SERVER, bytes);
                ends.send(Direction.TO_CLIENT, bytes);
            }
        });

        // Then
        for (Ends ends : all) {
            ends.expect(Direction.TO_SERVER, bytes);
            ends.expect(Direction.TO_CLIENT, bytes);
        }
        sent.get();

        // When
        link.cut();

        // Then
        assertThat(link.connections()).isZero();
    }
}
