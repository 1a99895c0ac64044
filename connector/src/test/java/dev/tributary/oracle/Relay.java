// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A process that passes connections on, byte by byte, until it is killed. */
final class Relay {

    private Relay() {}

    /** @param arguments the address to listen on, the address to pass on to, and the port of both */
    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(arguments[2]);
        try (ServerSocket listening = new ServerSocket(port, 50, InetAddress.getByName(arguments[0]))) {
            System.out.println("listening");
            while (true) {
                Socket client = listening.accept();
                Socket server = new Socket(arguments[1], port);
                copy(client, server);
                copy(server, client);
            }
        }
    }

    private static void copy(Socket from, Socket to) {
        Thread thread = new Thread(() -> {
            try (from;
                    to) {
                from.getInputStream().transferTo(to.getOutputStream());
            } catch (IOException e) {
                return; // The other direction has ended both.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
