// SPDX-License-Identifier: Apache-2.0
package dev.tributary.metrics;

import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How far the reader of a slot is behind the WAL of its server, in bytes and in time.
 *
 * <p>The guard of the slot sees now and then where the WAL ends, and the stream knows all the time what it has received
 * and acknowledged. The WAL that is not acknowledged is as old as the first look that saw WAL beyond the acknowledged
 * position, or a little older. So a reader that was always ahead of the last look has no lag.
 *
 * <p>One for each connector of this JVM, shared by those that write and read it. Any thread may use it.
 */
public final class WalLag {

    /** Stands for a lag that is not known. */
    public static final long UNKNOWN = -1;

    /** By topic prefix, as long as somebody uses it. */
    private static final Map<String, WeakReference<WalLag>> BY_SERVER = new HashMap<>();

    /** How many looks are remembered; before there are more, every other one is forgotten. */
    private static final int MOST = 1_024;

    private static final long NOWHERE = 0;

    /** Where the WAL ended at looks that saw more than is acknowledged, oldest first. */
    private final Deque<Seen> unread = new ArrayDeque<>();

    private long end = NOWHERE;
    private long confirmed = NOWHERE;
    private @Nullable Positions stream;

    private record Seen(long position, long nanos) {}

    /** The positions of a stream that is open. */
    public interface Positions {

        /** The position up to which the server has sent everything. */
        long received();

        /** The position up to which everything is done with. */
        long acknowledged();
    }

    WalLag() {}

    /** The lag of the connector with a topic prefix. */
    public static WalLag of(String topicPrefix) {
        synchronized (BY_SERVER) {
            BY_SERVER.values().removeIf(unused -> unused.get() == null);
            WeakReference<WalLag> used = BY_SERVER.get(topicPrefix);
            WalLag known = used == null ? null : used.get();
            if (known != null) {
                return known;
            }
            WalLag lag = new WalLag();
            BY_SERVER.put(topicPrefix, new WeakReference<>(lag));
            return lag;
        }
    }

    /**
     * A look at the server.
     *
     * @param walEnd where its WAL ends
     * @param unreadBytes how much of it the slot's reader has not acknowledged; null if the server does not say
     * @param nanos when it was, on the clock of {@link System#nanoTime()}
     */
    public synchronized void observed(long walEnd, @Nullable Long unreadBytes, long nanos) {
        if (walEnd < end) {
            // Another server, or the same one restored.
            unread.clear();
            confirmed = NOWHERE;
        }
        end = walEnd;
        if (unreadBytes != null) {
            confirmed = walEnd - unreadBytes;
        }
        if (unread.isEmpty() || unread.getLast().position() < walEnd) {
            thinOut();
            unread.addLast(new Seen(walEnd, nanos));
        }
        forgetRead();
    }

    /** A stream begins. */
    public synchronized void streams(Positions positions) {
        stream = positions;
    }

    /** The stream has ended. */
    public synchronized void ended(Positions positions) {
        if (positions.equals(stream)) {
            stream = null;
        }
    }

    /** How many bytes of WAL are not acknowledged; -1 if that is not known. */
    public synchronized long bytes() {
        Positions open = stream;
        long last = open == null ? end : Math.max(end, open.received());
        long done = done();
        return last == NOWHERE || done == NOWHERE ? UNKNOWN : Math.max(0, last - done);
    }

    /** How old the oldest WAL is that is not acknowledged; 0 if there is none, -1 if that is not known. */
    public synchronized long millis(long nanos) {
        if (done() == NOWHERE) {
            return UNKNOWN;
        }
        forgetRead();
        return unread.isEmpty()
                ? 0
                : Math.max(
                        0,
                        TimeUnit.NANOSECONDS.toMillis(nanos - unread.getFirst().nanos()));
    }

    private long done() {
        Positions open = stream;
        return open == null ? confirmed : Math.max(confirmed, open.acknowledged());
    }

    private void forgetRead() {
        long done = done();
        while (!unread.isEmpty() && unread.getFirst().position() <= done) {
            unread.removeFirst();
        }
    }

    private void thinOut() {
        if (unread.size() >= MOST) {
            boolean[] keeps = {false};
            unread.removeIf(seen -> {
                keeps[0] = !keeps[0];
                return !keeps[0];
            });
        }
    }
}
