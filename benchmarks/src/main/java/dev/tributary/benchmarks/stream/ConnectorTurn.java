// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.stream;

import dev.tributary.benchmarks.contest.Arena;
import dev.tributary.benchmarks.contest.Contestant;
import dev.tributary.benchmarks.contest.Drain;
import dev.tributary.benchmarks.contest.Drained;
import dev.tributary.benchmarks.contest.Lane;
import dev.tributary.benchmarks.contest.Measurement;
import dev.tributary.benchmarks.workload.Backlog;
import dev.tributary.benchmarks.workload.BenchTable;
import java.io.IOException;

/** A connector's turn. */
final class ConnectorTurn implements Turn {

    private final Lane lane;

    private ConnectorTurn(Lane lane) {
        this.lane = lane;
    }

    static ConnectorTurn open(Arena arena, Contestant contestant) {
        return new ConnectorTurn(Lane.open(arena, contestant, BenchTable.TABLE, StreamResult.HEAP));
    }

    @Override
    public String id() {
        return lane.contestant().id();
    }

    @Override
    public void settle(Backlog first) {
        lane.awaitRow(first.lastId());
        lane.stop();
    }

    @Override
    public Measurement drain(Backlog backlog, int round) throws IOException {
        Drained drained = new Drain(lane, backlog).run();
        return new Measurement(
                id(),
                round,
                backlog.rows(),
                drained.records(),
                drained.millis(),
                drained.valueBytes(),
                drained.usage());
    }

    @Override
    public void close() {
        lane.close();
    }
}
