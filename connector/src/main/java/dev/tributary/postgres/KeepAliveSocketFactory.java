// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketOption;
import java.util.Map;
import java.util.Properties;
import javax.net.SocketFactory;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

/**
 * Sockets on which the kernel notices within half a minute that the other side is gone, unless it has not acknowledged
 * what was sent: then retransmissions decide, about 15 minutes on Linux. Without probes, a query whose answer never
 * comes waits for the two hours after which Linux sends the first probe, or for ever.
 *
 * <p>pgjdbc makes an instance by its name.
 */
public final class KeepAliveSocketFactory extends SocketFactory {

    private static final String KEEP_ALIVE = "tcpKeepAlive";
    private static final String SOCKET_FACTORY = "socketFactory";

    /** A probe after so many seconds of silence, then one more every few seconds, and the end after a few of them. */
    private static final Map<SocketOption<Integer>, Integer> PROBES = Map.of(
            ExtendedSocketOptions.TCP_KEEPIDLE, 15,
            ExtendedSocketOptions.TCP_KEEPINTERVAL, 5,
            ExtendedSocketOptions.TCP_KEEPCOUNT, 3);

    /**
     * Adds these sockets to the properties of a connection, unless they have a factory of their own or do without
     * probes.
     */
    public static void addTo(Properties connection) {
        if (!"false".equalsIgnoreCase(connection.getProperty(KEEP_ALIVE))) {
            connection.setProperty(KEEP_ALIVE, "true");
            connection.putIfAbsent(SOCKET_FACTORY, KeepAliveSocketFactory.class.getName());
        }
    }

    @Override
    public Socket createSocket() throws IOException {
        Socket socket = new Socket();
        socket.setKeepAlive(true);
        for (var probe : PROBES.entrySet()) {
            if (socket.supportedOptions().contains(probe.getKey())) {
                socket.setOption(probe.getKey(), probe.getValue());
            }
        }
        return socket;
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected(InetAddress.getByName(host), port, null, 0);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return connected(InetAddress.getByName(host), port, localHost, localPort);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected(host, port, null, 0);
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
            throws IOException {
        return connected(address, port, localAddress, localPort);
    }

    private Socket connected(InetAddress host, int port, @Nullable InetAddress localHost, int localPort)
            throws IOException {
        Socket socket = createSocket();
        try {
            if (localHost != null) {
                socket.bind(new InetSocketAddress(localHost, localPort));
            }
            socket.connect(new InetSocketAddress(host, port));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
