// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Free ports of 127.0.0.1 for servers. */
public final class LoopbackPort {

    // Below the ephemeral ports, so that no client's connection occupies the port of a server that restarts.
    private static final int FIRST = 20_000;
    private static final int LAST = 31_999;
    private static final int TRIES = 1_000;

    private static final Set<Integer> TAKEN = new HashSet<>();

    private LoopbackPort() {}

    /** A port that is free now and that no other call in this JVM returns. */
    public static synchronized int free() {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST + 1);
            if (isFree(port) && TAKEN.add(port)) {
                return port;
            }
        }
        throw new SandboxException("no free port between " + FIRST + " and " + LAST);
    }

    /**
     * Whether a server listens on the port. Connects to find out, since binding could collide with the server's own
     * start.
     */
    static boolean isTaken(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
