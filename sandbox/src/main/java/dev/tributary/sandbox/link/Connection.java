// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.link;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** A client's connection, and the one to the server that continues it. */
final class Connection {

    private final SocketChannel client;
    private final SocketChannel server;
    private final Pipe toServer;
    private final Pipe toClient;
    private final SelectionKey clientKey;
    private @Nullable SelectionKey serverKey;
    private boolean refused;

    /**
     * A connection that does not lead to a server yet.
     *
     * @param client the accepted connection, in blocking mode
     */
    Connection(Selector selector, SocketChannel client, Lane toServer, Lane toClient) throws IOException {
        this.client = client;
        this.server = SocketChannel.open();
        this.toServer = new Pipe(client, server, toServer);
        this.toClient = new Pipe(server, client, toClient);
        this.clientKey = register(selector, client, SelectionKey.OP_READ);
    }

    private SelectionKey register(Selector selector, SocketChannel channel, int operations) throws IOException {
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        return channel.register(selector, operations, this);
    }

    boolean isOpen() {
        return client.isOpen();
    }

    /** Connects to the server, unless that has begun. */
    void connect(Selector selector, SocketAddress target) {
        if (serverKey != null || !isOpen()) {
            return;
        }
        try {
            serverKey = register(selector, server, SelectionKey.OP_CONNECT);
            if (server.connect(target)) {
                toServer.becomesWritable();
            }
        } catch (IOException e) {
            refused = true;
        }
    }

    /** Does what a socket is ready for. */
    void ready(SelectionKey key, ByteBuffer buffer, long now) {
        if (!key.isValid()) {
            return;
        }
        boolean ofClient = key.equals(clientKey);
        if (key.isConnectable()) {
            finishConnect();
        } else if (key.isReadable()) {
            (ofClient ? toServer : toClient).read(buffer, now);
        }
        if (key.isValid() && key.isWritable()) {
            (ofClient ? toClient : toServer).becomesWritable();
        }
    }

    private void finishConnect() {
        try {
            if (server.finishConnect()) {
                toServer.becomesWritable();
            }
        } catch (IOException e) {
            refused = true;
        }
    }

    /**
     * Passes what may pass now.
     *
     * @return in how many nanoseconds more may pass, or {@link Pipe#NEVER}
     */
    long pass(long now) {
        long wait = Math.min(toServer.pass(now), toClient.pass(now));
        // A reset takes the same way back as everything else, and is held and delayed like it.
        boolean serverLost = (refused || toServer.hasLostReceiver()) && toClient.resetBySender(now);
        boolean clientLost = toClient.hasLostReceiver() && toServer.resetBySender(now);
        boolean gaveUp = serverKey == null && toServer.hasEnded();
        if (toServer.isReset() || toClient.isReset() || gaveUp) {
            reset();
        } else if (toServer.isFinished() && toClient.isFinished()) {
            close();
        } else {
            listen();
        }
        return serverLost || clientLost ? 0 : wait;
    }

    /** Ends one direction at once, if the connection leads to a server. */
    void finish(Direction direction) {
        if (server.isConnectionPending()) {
            // The server may have accepted it before this link noticed.
            finishConnect();
        }
        if (server.isConnected()) {
            switch (direction) {
                case TO_SERVER -> toServer.finish();
                case TO_CLIENT -> toClient.finish();
            }
        }
    }

    /** Resets both sides at once. */
    void reset() {
        abort(client);
        abort(server);
    }

    private void listen() {
        interest(clientKey, toServer.reads(), toClient.waitsToWrite());
        SelectionKey key = serverKey;
        if (key != null && server.isConnected()) {
            interest(key, toClient.reads(), toServer.waitsToWrite());
        }
    }

    private static void interest(SelectionKey key, boolean reads, boolean writes) {
        int operations = (reads ? SelectionKey.OP_READ : 0) | (writes ? SelectionKey.OP_WRITE : 0);
        if (key.interestOps() != operations) {
            key.interestOps(operations);
        }
    }

    private void close() {
        try (client;
                server) {
            // Both have been sent the end of their stream.
        } catch (IOException e) {
            // One of them has already gone.
        }
    }

    private static void abort(SocketChannel channel) {
        try (channel) {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException e) {
            // It is closed already.
        }
    }
}
