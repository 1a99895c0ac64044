// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** A server's port, a link to it, and the sockets of both sides. */
final class Loopback implements AutoCloseable {

    private final List<Socket> sockets = new ArrayList<>();
    private final ServerSocket server = listen();
    private final Link link = Link.to("a link", server.getLocalPort());

    ServerSocket server() {
        return server;
    }

    Link link() {
        return link;
    }

    /** Both ends of a new connection through the link. */
    Ends connect() throws IOException {
        return new Ends(client(), accept());
    }

    Socket client() throws IOException {
        return keep(new Socket(InetAddress.getLoopbackAddress(), link.port()));
    }

    Socket accept() throws IOException {
        server.setSoTimeout(Ends.LIMIT_MILLIS);
        return keep(server.accept());
    }

    Socket keep(Socket socket) throws IOException {
        sockets.add(socket);
        socket.setSoTimeout(Ends.LIMIT_MILLIS);
        return socket;
    }

    void awaitNoConnection() {
        await().untilAsserted(() -> assertThat(link.connections()).isZero());
    }

    static ServerSocket listen() {
        try {
            return new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        link.close();
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
