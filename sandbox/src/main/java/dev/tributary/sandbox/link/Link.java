// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.link;

import dev.tributary.sandbox.SandboxException;
import java.io.IOException;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * A TCP proxy on 127.0.0.1 in front of a server, which breaks connections as a network does. It passes everything until
 * it is asked for a fault; faults add up, and {@link #heal()} ends them all. Each method returns when its effect has
 * begun. Thread-safe.
 *
 * <p>If the server refuses a connection, the client's connection is reset.
 */
public final class Link implements AutoCloseable {

    private static final Duration LONGEST_DELAY = Duration.ofDays(1);

    private final String name;
    private final Relay relay;
    private final Loop loop;

    private Link(String name, int targetPort) {
        this.name = name;
        try {
            Selector selector = Selector.open();
            this.relay = new Relay(selector, targetPort);
            this.loop = new Loop("link " + name, selector, relay);
        } catch (IOException e) {
            throw new SandboxException("cannot open the link " + name, e);
        }
        loop.start();
    }

    /**
     * A link on a free port.
     *
     * @param name the name for messages
     * @param targetPort the port of the server on 127.0.0.1, which need not listen yet
     */
    public static Link to(String name, int targetPort) {
        return new Link(name, targetPort);
    }

    public String name() {
        return name;
    }

    /** The port for clients. It stays the same until the link closes. */
    public int port() {
        return relay.port();
    }

    /** Sends new connections to another port of 127.0.0.1. Open connections stay where they are. */
    public void retarget(int port) {
        change(() -> relay.retarget(port));
    }

    /** Resets all connections and refuses new ones until {@link #heal()}. */
    public void cut() {
        change(relay::cut);
    }

    /**
     * Lets nothing pass until {@link #heal()}, as if all packets were lost: neither bytes nor the end of a connection.
     * Connections stay open. New ones are accepted, but do not reach the server. After {@link #heal()} everything
     * passes that was held, and the new connections reach the server if their client still has them.
     *
     * @param directions which ways; both if none is given
     */
    public void hold(Direction... directions) {
        Set<Direction> held = EnumSet.allOf(Direction.class);
        if (directions.length > 0) {
            held.retainAll(Arrays.asList(directions));
        }
        change(() -> relay.hold(held));
    }

    /**
     * Delays everything that enters from now on, in each direction. A connection has at most 256 KiB on its way.
     *
     * @throws IllegalArgumentException if the delay is negative or longer than a day
     */
    public void delay(Duration delay) {
        if (delay.isNegative() || delay.compareTo(LONGEST_DELAY) > 0) {
            throw new IllegalArgumentException("delay " + delay);
        }
        change(() -> relay.delay(delay));
    }

    /**
     * Limits the rate of each direction. All connections share it.
     *
     * @throws IllegalArgumentException if the rate is not positive
     */
    public void throttle(long bytesPerSecond) {
        if (bytesPerSecond <= 0) {
            throw new IllegalArgumentException(bytesPerSecond + " bytes per second");
        }
        change(() -> relay.throttle(bytesPerSecond));
    }

    /**
     * Ends one direction of all open connections: the receiver sees the end of the stream (FIN). What the sender still
     * sends is lost. The other direction stays as it is. {@link #heal()} does not undo this for these connections.
     */
    public void halfClose(Direction direction) {
        change(() -> relay.halfClose(direction));
    }

    /** Ends all faults. What was held or delayed passes at once, and new connections are accepted again. */
    public void heal() {
        change(relay::heal);
    }

    /** The number of connections of clients that are open, as far as the link lets their end pass. */
    public int connections() {
        return loop.isEnding() ? 0 : loop.call(relay::connections);
    }

    /** Resets all connections and refuses new ones for good. */
    @Override
    public void close() {
        if (!loop.isEnding()) {
            change(relay::cut);
            loop.end();
        }
    }

    private void change(Runnable action) {
        loop.call(() -> {
            action.run();
            return true;
        });
    }

    @Override
    public String toString() {
        return name + " on 127.0.0.1:" + port();
    }
}
