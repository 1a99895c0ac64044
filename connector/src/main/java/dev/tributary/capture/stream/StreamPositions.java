// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import dev.tributary.metrics.WalLag;
import dev.tributary.position.SlotMark;
import dev.tributary.replication.ReplicationReader;

/** Shows how far a stream is behind, until it is closed. */
record StreamPositions(ReplicationReader reader, WalLag lag) implements WalLag.Positions, AutoCloseable {

    static StreamPositions shown(ReplicationReader reader, WalLag lag) {
        StreamPositions positions = new StreamPositions(reader, lag);
        lag.streams(positions);
        return positions;
    }

    @Override
    public long received() {
        return reader.receivedUpTo().value();
    }

    @Override
    public long acknowledged() {
        return SlotMark.without(reader.acknowledged()).value();
    }

    @Override
    public void close() {
        lag.ended(this);
    }
}
