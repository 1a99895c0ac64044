// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.postgres.PostgresServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Tables that a connector captures from some time on, while their rows change, move and vanish, and the task is killed
 * again and again. Seeded: {@code -Doracle.seed}; for longer: {@code -Doracle.seconds}.
 */
class BackfillResumeIT {

    private static final Duration BUDGET = Duration.ofSeconds(Long.getLong("oracle.seconds", 8));
    private static final int ROWS = 4_000;
    private static final int MOST_KILLS = 4;

    private static PostgresServer server;

    @BeforeAll
    static void start() throws Exception {
        server = Wal.server();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void itResumesWhereverItIsKilled() throws Exception {
        long first = Long.getLong("oracle.seed", System.nanoTime() & 0xFFFFFF);
        long end = System.nanoTime() + BUDGET.toNanos();
        long rows = 0;
        long reads = 0;
        int rounds = 0;
        for (long seed = first; seed == first || System.nanoTime() < end; seed++) {
            System.out.println("BackfillResumeIT seed " + seed);
            RebuiltMovingRows rebuilt = round(new SplittableRandom(seed));
            rows += rebuilt.rowsRead();
            reads += rebuilt.reads();
            rounds++;
        }
        System.out.printf("BackfillResumeIT %d rounds, %d rows, %d reads%n", rounds, rows, reads);
    }

    private static RebuiltMovingRows round(SplittableRandom random) throws Exception {
        try (Wal wal = Wal.after(server, MovingRows.preparations(ROWS));
                MovingRows writer = MovingRows.start(wal, random.split(), ROWS)) {
            // Given
            BackfillScenario scenario = BackfillScenario.of(wal)
                    .with("internal.backfill.chunk.bytes", Integer.toString(8192 * (1 + random.nextInt(12))))
                    .with("max.batch.size", "100")
                    .with("max.queue.size", "400")
                    .captured()
                    .capturing("public.still,public.moving,public.nothing");
            RebuiltMovingRows rebuilt = new RebuiltMovingRows();
            int kills = random.nextInt(MOST_KILLS + 1);
            for (int run = 0; run < kills; run++) {
                interrupted(scenario, rebuilt, writer, random);
                writer.writeUnread(random.nextInt(60));
            }

            // When
            try (Capture capture = scenario.start()) {
                for (int i = 0; i < 60; i++) {
                    capture.poll().forEach(rebuilt::add);
                    writer.write(random.nextInt(4));
                }
                scenario.untilComplete(capture).forEach(rebuilt::add);
            }

            // Then
            assertThat(rebuilt.problems()).isEmpty();
            assertThat(rebuilt.rows()).isEqualTo(writer.rows());
            return rebuilt;
        }
    }

    /** A run that is killed after some records. Some of them have been stored. */
    private static void interrupted(
            BackfillScenario scenario, RebuiltMovingRows rebuilt, MovingRows writer, SplittableRandom random)
            throws InterruptedException {
        int most = 1 + random.nextInt(ROWS);
        List<SourceRecord> read = new ArrayList<>();
        try (Capture capture = scenario.start()) {
            capture.untilEnough(read::add, () -> {
                if (random.nextInt(3) == 0) {
                    writer.write(1);
                }
                return read.size() >= most
                        || (!read.isEmpty() && BackfillScenario.isComplete(read.get(read.size() - 1)));
            });
            int safe = random.nextInt(read.size());
            read.subList(0, safe + 1).forEach(rebuilt::add);
            capture.commit(read.get(safe));
        }
    }
}
