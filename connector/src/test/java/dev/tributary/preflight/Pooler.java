// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Passes connections on to a server and refuses those for replication, with the answer of PgBouncer 1.18. */
final class Pooler implements AutoCloseable {

    private static final int SSL_REQUEST = 80877103;
    private static final int GSS_REQUEST = 80877104;

    private final int serverPort;
    private final ServerSocket socket;

    Pooler(int serverPort) throws IOException {
        this.serverPort = serverPort;
        this.socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        run(() -> {
            while (true) {
                Socket client = socket.accept();
                run(() -> serve(client));
            }
        });
    }

    int port() {
        return socket.getLocalPort();
    }

    private void serve(Socket client) throws IOException {
        try (client) {
            DataInputStream in = new DataInputStream(client.getInputStream());
            DataOutputStream out = new DataOutputStream(client.getOutputStream());
            int length = in.readInt();
            int code = in.readInt();
            while (code == SSL_REQUEST || code == GSS_REQUEST) {
                out.write('N');
                length = in.readInt();
                code = in.readInt();
            }
            byte[] parameters = in.readNBytes(length - 8);
            if (new String(parameters, StandardCharsets.UTF_8).contains("replication")) {
                byte[] fields = "SFATAL\0C08P01\0Munsupported startup parameter: replication\0\0"
                        .getBytes(StandardCharsets.UTF_8);
                out.write('E');
                out.writeInt(4 + fields.length);
                out.write(fields);
                return;
            }
            try (Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort)) {
                DataOutputStream toServer = new DataOutputStream(server.getOutputStream());
                toServer.writeInt(length);
                toServer.writeInt(code);
                toServer.write(parameters);
                run(() -> server.getInputStream().transferTo(out));
                in.transferTo(toServer);
            }
        }
    }

    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }

    private static void run(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // One of the two has closed its connection.
                return;
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
