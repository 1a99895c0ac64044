// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.postgres.PostgresServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A snapshot that is killed again and again while rows change and move: a consumer rebuilds the tables of the database,
 * no row goes back to an older version, and few rows are read twice. Seeded: {@code -Doracle.seed}; for longer:
 * {@code -Doracle.seconds}.
 */
class SnapshotResumeIT {

    private static final Duration BUDGET = Duration.ofSeconds(Long.getLong("oracle.seconds", 8));
    private static final int ROWS = 20_000;
    private static final int MOST_KILLS = 6;

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
            System.out.println("SnapshotResumeIT seed " + seed);
            RebuiltMovingRows rebuilt = round(new SplittableRandom(seed));
            rows += rebuilt.rowsRead();
            reads += rebuilt.reads();
            rounds++;
        }
        System.out.printf("SnapshotResumeIT %d rounds, %d rows, %d reads%n", rounds, rows, reads);
    }

    private static RebuiltMovingRows round(SplittableRandom random) throws Exception {
        try (Wal wal = Wal.after(server, MovingRows.preparations(ROWS));
                MovingRows writer = MovingRows.start(wal, random.split(), ROWS)) {
            Map<String, String> options = wal.options(Contender.TRIBUTARY, wal.unusedSlot(), Map.of());
            options.put("snapshot.mode", "initial");
            options.put("snapshot.max.threads", Integer.toString(1 + random.nextInt(4)));
            options.put("internal.snapshot.chunk.bytes", Integer.toString(8192 * (1 + random.nextInt(40))));
            options.put("max.batch.size", "200");
            options.put("max.queue.size", "800");
            MemoryOffsets offsets = new MemoryOffsets();
            RebuiltMovingRows rebuilt = new RebuiltMovingRows();
            int kills = random.nextInt(MOST_KILLS + 1);
            for (int run = 0; run < kills; run++) {
                interrupted(options, offsets, rebuilt, wal, random);
                writer.writeUnread(random.nextInt(300));
            }

            // When
            try (Capture capture = Capture.start(Contender.TRIBUTARY, options, offsets)) {
                writer.write(100);
                capture.untilEnough(rebuilt::add, rebuilt::hasEnded);
                writer.write(50);
                capture.until(wal.mark()).forEach(rebuilt::add);
            }

            // Then
            assertThat(rebuilt.problems()).isEmpty();
            assertThat(rebuilt.rows()).isEqualTo(writer.rows());
            return rebuilt;
        }
    }

    /** A run that is killed after some records. Some of them have been stored. */
    private static void interrupted(
            Map<String, String> options,
            MemoryOffsets offsets,
            RebuiltMovingRows rebuilt,
            Wal wal,
            SplittableRandom random)
            throws InterruptedException {
        int most = 1 + random.nextInt(ROWS);
        List<SourceRecord> read = new ArrayList<>();
        try (Capture capture = Capture.start(Contender.TRIBUTARY, options, offsets)) {
            // Once the end of the snapshot is stored, only the stream is left.
            Predicate<SourceRecord> isLast = rebuilt.hasEnded() ? wal.mark()::isIn : RebuiltMovingRows::ends;
            capture.untilEnough(
                    read::add, () -> read.size() >= most || read.stream().anyMatch(isLast));
            int safe = random.nextInt(read.size());
            // A consumer of committed records has seen the records that are stored.
            read.subList(0, safe + 1).forEach(rebuilt::add);
            capture.commit(read.get(safe));
        }
    }
}
