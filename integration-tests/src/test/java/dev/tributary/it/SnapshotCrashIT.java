// SPDX-License-Identifier: Apache-2.0
package dev.tributary.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tributary.sandbox.ConnectWorker;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * A worker is killed at random moments of snapshots while their tables are written to. A consumer of committed records
 * rebuilds the tables of the database, and few rows are read twice. Several snapshots run at once, so that each kill
 * interrupts them in different states. If the worker writes records and offsets in one transaction, no row goes back to
 * an older version either; any other worker sends the records again that followed the last offset it had stored.
 *
 * <p>Seeded: {@code -Dcrash.seed}. More: {@code -Dcrash.seeds=100 -Dcrash.at.once=10}.
 */
class SnapshotCrashIT {

    private static final int SEEDS = Integer.getInteger("crash.seeds", 4);
    private static final int AT_ONCE = Integer.getInteger("crash.at.once", 4);
    private static final int MOST_KILLS = 3;

    private final Servers servers = Servers.shared();
    private long rows;
    private long reads;
    private int kills;

    @Test
    void theSnapshotResumesWhereverTheWorkerIsKilled() throws Exception {
        long first = Long.getLong("crash.seed", System.nanoTime() & 0xFFFFFF);
        for (long seed = first; seed < first + SEEDS; seed += AT_ONCE) {
            crash(seed, (int) Math.min(AT_ONCE, first + SEEDS - seed));
            System.out.printf(
                    "SnapshotCrashIT seeds %d to %d: %d kills, %d rows, %.1f%% of them read again%n",
                    first, seed + AT_ONCE - 1, kills, rows, 100.0 * (reads - rows) / Math.max(1, rows));
        }
    }

    /** Snapshots for several seeds, on one worker. */
    private void crash(long seed, int seeds) throws Exception {
        System.out.println("SnapshotCrashIT seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        List<Scene> scenes = new ArrayList<>();
        boolean exactlyOnce = random.nextBoolean();
        try (ConnectWorker worker = servers.worker("snapshots-" + seed)
                .property("exactly.once.source.support", exactlyOnce ? "enabled" : "disabled")
                .start()) {
            try {
                for (int i = 0; i < seeds; i++) {
                    scenes.add(new Scene(worker, random.split()));
                }
                for (Scene scene : scenes) {
                    scene.connector.put();
                }
                for (Scene scene : scenes) {
                    scene.awaitOffset();
                }

                // When
                int times = 1 + random.nextInt(MOST_KILLS);
                for (int i = 0; i < times; i++) {
                    Thread.sleep(random.nextInt(3_000));
                    worker.kill();
                    kills++;
                    Thread.sleep(random.nextInt(500));
                    worker.start();
                    for (Scene scene : scenes) {
                        worker.rest().awaitRunning(scene.connector.name(), WaitLimit.LIMIT);
                    }
                }

                // Then
                WaitLimit.awaitTheEnd(
                        "the end of all snapshots",
                        () -> scenes.stream()
                                .mapToLong(scene -> scene.topic.reads())
                                .sum(),
                        () -> areRead(scenes));
                for (Scene scene : scenes) {
                    scene.finish();
                    if (exactlyOnce) {
                        assertThat(scene.topic.backInTime()).isEmpty();
                    }
                    rows += scene.topic.rowsRead();
                    reads += scene.topic.reads();
                }
            } finally {
                for (Scene scene : scenes) {
                    scene.close();
                }
            }
        }
    }

    private static boolean areRead(List<Scene> scenes) throws Exception {
        boolean all = true;
        for (Scene scene : scenes) {
            all &= scene.isRead();
        }
        return all;
    }

    /** One table, its connector and its consumer. */
    private final class Scene implements AutoCloseable {

        private final MovingTable table;
        private final TestConnector connector;
        private final MovingTopic topic;

        Scene(ConnectWorker worker, SplittableRandom random) throws SQLException {
            TestDatabase database = servers.database();
            table = MovingTable.start(database, random.split(), 20_000 + random.nextInt(60_000));
            connector = new TestConnector(worker.rest(), database)
                    .tables("public." + MovingTable.NAME)
                    .with("snapshot.max.threads", Integer.toString(1 + random.nextInt(4)))
                    .with("internal.snapshot.chunk.bytes", Integer.toString(8192 * (1 + random.nextInt(100))))
                    .with("max.batch.size", "500")
                    .with("max.queue.size", "2000")
                    .with("topic.creation.default.partitions", "3")
                    .with("transaction.boundary", "poll")
                    .with("transaction.boundary.interval.ms", "300");
            topic = new MovingTopic(servers.broker().bootstrapServers(), connector.name());
        }

        /**
         * A snapshot that is killed before an offset is stored starts over; rows deleted meanwhile would stay in the
         * topic.
         */
        void awaitOffset() {
            connector.rest().awaitRunning(connector.name(), WaitLimit.LIMIT);
            await("an offset")
                    .until(() -> !connector
                            .rest()
                            .offsets(connector.name())
                            .path("offsets")
                            .isEmpty());
        }

        /**
         * Whether the snapshot has ended. From then on the table is not written to, so that the stream can catch up.
         */
        boolean isRead() throws Exception {
            topic.read();
            if (topic.hasEnded()) {
                table.stop();
            }
            return topic.hasEnded();
        }

        void finish() throws SQLException {
            var expected = table.rows();
            WaitLimit.awaitTheEnd("the last change", topic::records, () -> {
                topic.read();
                return topic.rows().equals(expected);
            });
        }

        @Override
        public void close() throws SQLException {
            topic.close();
            table.close();
            connector.close();
        }
    }
}
