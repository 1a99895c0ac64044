// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.link;

import dev.tributary.sandbox.LoopbackPort;
import dev.tributary.sandbox.SandboxException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The sockets of a link and everything that is on its way. Only the link's {@link Loop} uses it. */
final class Relay implements Loop.Work {

    private static final int BUFFER = 128 * 1024;
    private static final int BACKLOG = 1024;

    private final Selector selector;
    private final InetSocketAddress address;
    private final Lane toServer = new Lane();
    private final Lane toClient = new Lane();
    private final List<Connection> connections = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    private InetSocketAddress target;
    private @Nullable ServerSocketChannel listener;

    Relay(Selector selector, int targetPort) {
        this.selector = selector;
        this.address = loopback(LoopbackPort.free());
        this.target = loopback(targetPort);
        listen();
    }

    int port() {
        return address.getPort();
    }

    int connections() {
        return (int) connections.stream().filter(Connection::isOpen).count();
    }

    void retarget(int port) {
        target = loopback(port);
    }

    void cut() {
        ServerSocketChannel open = listener;
        listener = null;
        try {
            if (open != null) {
                open.close();
            }
        } catch (IOException e) {
            throw new SandboxException("cannot close the port " + address, e);
        }
        connections.forEach(Connection::reset);
    }

    void hold(Set<Direction> directions) {
        directions.forEach(direction -> {
            switch (direction) {
                case TO_SERVER -> toServer.hold();
                case TO_CLIENT -> toClient.hold();
            }
        });
    }

    void delay(Duration delay) {
        toServer.delay(delay);
        toClient.delay(delay);
    }

    void throttle(long bytesPerSecond) {
        toServer.throttle(bytesPerSecond);
        toClient.throttle(bytesPerSecond);
    }

    void halfClose(Direction direction) {
        connections.forEach(connection -> connection.finish(direction));
    }

    void heal() {
        toServer.heal();
        toClient.heal();
        connections.forEach(connection -> connection.connect(selector, target));
        if (listener == null) {
            listen();
        }
    }

    @Override
    public void ready(SelectionKey key, long now) {
        if (key.attachment() instanceof Connection connection) {
            connection.ready(key, buffer, now);
        } else if (key.isValid()) {
            accept();
        }
    }

    @Override
    public long pass(long now) {
        long wait = Pipe.NEVER;
        for (Connection connection : connections) {
            if (connection.isOpen()) {
                wait = Math.min(wait, connection.pass(now));
            }
        }
        connections.removeIf(connection -> !connection.isOpen());
        // So that each gets its share of a limited rate.
        Collections.rotate(connections, 1);
        return wait;
    }

    private void accept() {
        ServerSocketChannel open = listener;
        try {
            SocketChannel client = open == null ? null : open.accept();
            if (client != null) {
                Connection connection = new Connection(selector, client, toServer, toClient);
                connections.add(connection);
                if (!toServer.isHeld() && !toClient.isHeld()) {
                    connection.connect(selector, target);
                }
            }
        } catch (IOException e) {
            // The client has gone already.
        }
    }

    private void listen() {
        try {
            ServerSocketChannel open = ServerSocketChannel.open();
            open.configureBlocking(false);
            open.bind(address, BACKLOG);
            open.register(selector, SelectionKey.OP_ACCEPT);
            listener = open;
        } catch (IOException e) {
            throw new SandboxException("cannot listen on " + address, e);
        }
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }
}
