// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A way to a server through a network namespace of its own, in which packets can get lost in silence: no side gets to
 * know that the other is gone. Needs the right to make network namespaces.
 */
final class BlackHole implements AutoCloseable {

    private static final long PROCESS = ProcessHandle.current().pid();

    /** Of this process, so that two builds do not meet. */
    private static final String NAMESPACE = "tributary-" + PROCESS;

    private static final String OUTSIDE = "tro" + PROCESS;
    private static final String INSIDE = "tri" + PROCESS;
    private static final String NOBODY = "02:00:00:00:00:99";

    private static final String HERE = address(1);
    private static final String THERE = address(2);

    private final Process relay;

    private BlackHole(Process relay) {
        this.relay = relay;
    }

    /** Whether this process may make network namespaces. */
    static boolean isPossible() {
        try {
            removeNamespace();
            boolean isPossible = run("ip", "netns", "add", NAMESPACE);
            run("ip", "netns", "del", NAMESPACE);
            return isPossible;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** @param port where the server listens, on all addresses */
    static BlackHole before(int port) throws IOException {
        removeNamespace();
        must("ip", "netns", "add", NAMESPACE);
        must("ip", "link", "add", OUTSIDE, "type", "veth", "peer", "name", INSIDE, "netns", NAMESPACE);
        must("ip", "addr", "add", HERE + "/30", "dev", OUTSIDE);
        must("ip", "link", "set", OUTSIDE, "up");
        must(inside("ip", "addr", "add", THERE + "/30", "dev", INSIDE));
        must(inside("ip", "link", "set", INSIDE, "up"));
        Process relay = new ProcessBuilder(inside(
                        System.getProperty("java.home") + "/bin/java",
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Relay.class.getName(),
                        THERE,
                        HERE,
                        String.valueOf(port)))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (relay.getInputStream().read() < 0) {
            throw new IllegalStateException("The relay has not started");
        }
        return new BlackHole(relay);
    }

    /** The address on which the server can be reached, on its own port. */
    String host() {
        return THERE;
    }

    /** From now on, each side sends its packets to nobody. */
    void open() {
        must("ip", "neigh", "replace", THERE, "lladdr", NOBODY, "nud", "permanent", "dev", OUTSIDE);
        must(inside("ip", "neigh", "replace", HERE, "lladdr", NOBODY, "nud", "permanent", "dev", INSIDE));
    }

    /** The packets arrive again. */
    void shut() {
        must("ip", "neigh", "del", THERE, "dev", OUTSIDE);
        must(inside("ip", "neigh", "del", HERE, "dev", INSIDE));
    }

    @Override
    public void close() {
        relay.destroyForcibly().onExit().join();
        removeNamespace();
    }

    private static void removeNamespace() {
        run("ip", "link", "del", OUTSIDE);
        run("ip", "netns", "del", NAMESPACE);
    }

    /** Of the block for tests between networks (RFC 2544), which nobody routes; each process has four addresses. */
    private static String address(int number) {
        long offset = PROCESS % (1 << 15) * 4 + number;
        return "198." + (18 + (offset >> 16)) + "." + (offset >> 8 & 255) + "." + (offset & 255);
    }

    private static String[] inside(String... command) {
        List<String> line = new ArrayList<>(List.of("ip", "netns", "exec", NAMESPACE));
        line.addAll(List.of(command));
        return line.toArray(String[]::new);
    }

    private static void must(String... command) {
        if (!run(command)) {
            throw new IllegalStateException(String.join(" ", command) + " failed");
        }
    }

    private static boolean run(String... command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
