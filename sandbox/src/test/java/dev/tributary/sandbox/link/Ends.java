// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** The two sockets of a connection through a link. */
record Ends(Socket client, Socket server) {

    static final int LIMIT_MILLIS = 30_000;
    static final int SILENCE_MILLIS = 100;

    Socket sender(Direction direction) {
        return direction == Direction.TO_SERVER ? client : server;
    }

    Socket receiver(Direction direction) {
        return sender(other(direction));
    }

    void send(Direction direction, String text) {
        send(direction, text.getBytes(StandardCharsets.UTF_8));
    }

    void send(Direction direction, byte[] bytes) {
        try {
            sender(direction).getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void expect(Direction direction, String text) throws IOException {
        expect(direction, text.getBytes(StandardCharsets.UTF_8));
    }

    void expect(Direction direction, byte[] bytes) throws IOException {
        assertThat(receiver(direction).getInputStream().readNBytes(bytes.length))
                .isEqualTo(bytes);
    }

    void expectEnd(Direction direction) throws IOException {
        assertThat(receiver(direction).getInputStream().read()).isEqualTo(-1);
    }

    void expectReset(Direction direction) {
        assertReset(receiver(direction));
    }

    void expectNothing(Direction direction) throws IOException {
        Socket receiver = receiver(direction);
        receiver.setSoTimeout(SILENCE_MILLIS);
        assertThatThrownBy(() -> receiver.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        receiver.setSoTimeout(LIMIT_MILLIS);
    }

    void expectBothWaysToPass() throws IOException {
        for (Direction direction : Direction.values()) {
            send(direction, "passes");
            expect(direction, "passes");
        }
    }

    static void assertReset(Socket socket) {
        assertThatThrownBy(() -> socket.getInputStream().read())
                .isInstanceOf(SocketException.class)
                .hasMessageContaining("reset");
    }

    static Direction other(Direction direction) {
        return direction == Direction.TO_SERVER ? Direction.TO_CLIENT : Direction.TO_SERVER;
    }

    static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
