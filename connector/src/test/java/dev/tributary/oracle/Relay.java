// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A process that passes connections on, byte by byte, until it is killed or its parent ends. */
final class Relay {

    private Relay() {}

    /** @param arguments the address to listen on, the address to pass on to, and the port of both */
    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(arguments[2]);
        try (ServerSocket listening = new ServerSocket(port, 50, InetAddress.getByName(arguments[0]))) {
            System.out.println("listening");
            inBackground(() -> {
                System.in.transferTo(OutputStream.nullOutputStream());
                System.exit(0);
            });
            while (true) {
                Socket client = listening.accept();
                Socket server = new Socket(arguments[1], port);
                copy(client, server);
                copy(server, client);
            }
        }
    }

    private static void copy(Socket from, Socket to) {
        inBackground(() -> {
            try (from;
                    to) {
                from.getInputStream().transferTo(to.getOutputStream());
            }
        });
    }

    private static void inBackground(Step step) {
        Thread thread = new Thread(() -> {
            try {
                step.run();
            } catch (IOException e) {
                return; // The other direction has ended both.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private interface Step {
        void run() throws IOException;
    }
}
