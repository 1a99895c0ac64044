// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.link;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;

/** One direction of one connection: what has been read from one socket and not yet been written to the other. */
final class Pipe {

    /** What {@link #pass} returns if time alone lets nothing pass. */
    static final long NEVER = Long.MAX_VALUE;

    private static final int CAPACITY = 256 * 1024;

    /** How the sender has ended its direction, if it has. */
    private enum Ending {
        NONE,
        FIN,
        RESET
    }

    private record Chunk(long entered, ByteBuffer bytes) {}

    private final SocketChannel from;
    private final SocketChannel to;
    private final Lane lane;
    private final Deque<Chunk> queue = new ArrayDeque<>();
    private int queued;
    private boolean writable;
    private boolean discards;
    private Ending ending = Ending.NONE;
    private long ended;
    private boolean finished;
    private boolean reset;
    private boolean lost;

    Pipe(SocketChannel from, SocketChannel to, Lane lane) {
        this.from = from;
        this.to = to;
        this.lane = lane;
        this.writable = to.isConnected();
    }

    /** Whether it has room for more from the sender. */
    boolean reads() {
        return ending == Ending.NONE && (discards || queued < CAPACITY);
    }

    /** Whether it waits until the receiver's socket is writable. */
    boolean waitsToWrite() {
        return !writable;
    }

    /** The receiver's socket is writable. */
    void becomesWritable() {
        writable = true;
    }

    /** Whether the sender has ended its direction. */
    boolean hasEnded() {
        return ending != Ending.NONE;
    }

    /** Whether the receiver has been sent the end of the stream. */
    boolean isFinished() {
        return finished;
    }

    /** Whether the sender has reset the connection, and the receiver must see that now. */
    boolean isReset() {
        return reset;
    }

    /** Whether the receiver has reset the connection. */
    boolean hasLostReceiver() {
        return lost;
    }

    /** Reads what the sender has sent, and writes it if nothing delays it. */
    void read(ByteBuffer buffer, long now) {
        buffer.clear();
        int count;
        try {
            count = from.read(buffer);
        } catch (IOException e) {
            clear();
            end(Ending.RESET, now);
            return;
        }
        if (count < 0) {
            end(Ending.FIN, now);
        } else if (!discards) {
            buffer.flip();
            if (lane.isOpen() && queue.isEmpty() && writable) {
                write(buffer, now);
            }
            keep(buffer, now);
        }
    }

    /**
     * The sender has reset the connection. What it has sent is lost, and a reset is on its way to the receiver.
     *
     * @return whether that is new
     */
    boolean resetBySender(long now) {
        if (ending == Ending.RESET) {
            return false;
        }
        clear();
        end(Ending.RESET, now);
        return true;
    }

    /** Ends the receiver's stream at once. What the sender has sent and still sends is lost. */
    void finish() {
        discard();
        if (!finished) {
            finished = true;
            try {
                to.shutdownOutput();
            } catch (IOException e) {
                lost = true;
            }
        }
    }

    /**
     * Writes what may leave now.
     *
     * @return in how many nanoseconds more may leave, or {@link #NEVER}
     */
    long pass(long now) {
        while (writable && !lane.isHeld()) {
            Chunk head = queue.peek();
            if (head == null && isIdle()) {
                return NEVER;
            }
            long wait = lane.wait(head == null ? ended : head.entered, now);
            if (wait > 0) {
                return wait;
            }
            if (head != null) {
                passSlice(head.bytes, now);
            } else if (ending == Ending.FIN) {
                finish();
            } else {
                reset = true;
            }
        }
        return NEVER;
    }

    private boolean isIdle() {
        return switch (ending) {
            case NONE -> true;
            case FIN -> finished;
            case RESET -> reset;
        };
    }

    private void passSlice(ByteBuffer bytes, long now) {
        int before = bytes.remaining();
        int limit = bytes.limit();
        bytes.limit(bytes.position() + Math.min(before, lane.slice()));
        write(bytes, now);
        bytes.limit(limit);
        queued -= before - bytes.remaining();
        if (!bytes.hasRemaining()) {
            queue.poll();
        }
    }

    private void write(ByteBuffer bytes, long now) {
        try {
            lane.passed(to.write(bytes), now);
            writable = !bytes.hasRemaining();
        } catch (IOException e) {
            bytes.position(bytes.limit());
            lost = true;
            discard();
        }
    }

    private void keep(ByteBuffer buffer, long now) {
        if (buffer.hasRemaining()) {
            queued += buffer.remaining();
            ByteBuffer copy = ByteBuffer.allocate(buffer.remaining());
            queue.add(new Chunk(now, copy.put(buffer).flip()));
        }
    }

    private void end(Ending how, long now) {
        ending = how;
        ended = now;
    }

    private void discard() {
        clear();
        discards = true;
    }

    private void clear() {
        queue.clear();
        queued = 0;
    }
}
