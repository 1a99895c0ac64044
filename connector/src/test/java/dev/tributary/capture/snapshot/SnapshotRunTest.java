// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.handover.RecordLane;
import io.debezium.connector.SnapshotRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Readers that begin, send and end in any order. */
class SnapshotRunTest {

    private static final int ROUNDS = 400;
    private static final long BLOCK_BYTES = 8192;

    @Test
    void noClaimIsMadeTooEarlyInWhateverOrderChunksAreRead() throws Exception {
        long first = Long.getLong("oracle.seed", System.nanoTime() & 0xFFFFFF);
        System.out.println("SnapshotRunTest seeds from " + first);
        for (long seed = first; seed < first + ROUNDS; seed++) {
            Round round = new Round(new SplittableRandom(seed));
            round.read();
            round.check("seed " + seed);
        }
    }

    @Test
    void aSnapshotOfNothingSendsNothing() throws Exception {
        // Given
        Lane lane = new Lane();
        Steps steps = new Steps();
        TableRun empty = new TableRun(Samples.table("empty", 0), BlockRanges.NONE, 1);
        SnapshotRun run = new SnapshotRun(List.of(empty), SnapshotProgress.NONE, lane, steps, false);

        // When
        Chunk chunk = Objects.requireNonNull(run.next());
        run.complete(chunk, List.of());
        run.finish();

        // Then
        assertThat(lane.sent).isEmpty();
        assertThat(run.next()).isNull();
        assertThat(steps.ended).containsExactly(empty);
        assertThat(run.progress().tables()).hasSize(1);
    }

    @Test
    void aTableThatWasCompleteBeforeIsReportedAndNotRead() {
        // Given
        Steps steps = new Steps();
        TableRun done = new TableRun(Samples.table("done", 5), BlockRanges.ALL, 1);
        SnapshotRun run = new SnapshotRun(List.of(done), SnapshotProgress.NONE, new Lane(), steps, false);

        // Then
        assertThat(run.next()).isNull();
        assertThat(steps.begun).isEmpty();
        assertThat(steps.ended).containsExactly(done);
    }

    /** The marks of a record when it was sent. */
    private record Sent(String topic, Object row, SnapshotRecord marker, SnapshotProgress progress) {}

    private static final class Lane implements RecordLane {

        private final List<Sent> sent = new ArrayList<>();
        private final IdentityHashMap<SourceRecord, RowMark> marks = new IdentityHashMap<>();
        private int flushed;

        /** How many rows were sent when each unit ended. */
        private final List<Integer> units = new ArrayList<>();

        private boolean within;

        @Override
        public void begin(Unit unit) {
            within = true;
        }

        @Override
        public void end() {
            within = false;
            units.add(sent.size());
        }

        @Override
        public boolean isWithinUnit() {
            return false;
        }

        @Override
        public void add(SourceRecord record, long bytes, boolean joinsNext) {
            RowMark mark = Objects.requireNonNull(marks.get(record));
            sent.add(new Sent(record.topic(), record.value(), mark.marker(), mark.progress()));
        }

        @Override
        public void flushIfDue(long nanoTime) {
            flush();
        }

        @Override
        public void flush() {
            flushed = sent.size();
        }

        @Override
        public @Nullable Map<String, ?> lastOffset() {
            return null;
        }

        @Override
        public boolean isDelivered() {
            return false;
        }

        @Override
        public @Nullable Map<String, ?> deliveredUpTo() {
            return null;
        }

        @Override
        public void close() {}
    }

    private static final class Steps implements SnapshotRun.Watcher {

        private final List<TableRun> begun = new ArrayList<>();
        private final List<TableRun> ended = new ArrayList<>();
        private final List<TableRun> complete = new ArrayList<>();
        private int rows;

        @Override
        public void tableStarted(TableRun table) {
            begun.add(table);
        }

        @Override
        public void rowSent(TableRun table, RowRecord row) {
            rows++;
        }

        @Override
        public void chunkCompleted(TableRun table) {
            complete.add(table);
        }

        @Override
        public void tableRead(TableRun table) {
            ended.add(table);
        }
    }

    /** A reader and the rows of its chunk that it has not sent yet. */
    private static final class Reader {

        private @Nullable Chunk chunk;
        private final List<RowRecord> rows = new ArrayList<>();
        private boolean done;
    }

    /** A snapshot of a few tables by a few readers; some chunks were read before. */
    private static final class Round {

        private final SplittableRandom random;
        private final Lane lane = new Lane();
        private final Steps steps = new Steps();
        private final List<TableRun> tables = new ArrayList<>();
        private final SnapshotProgress before;
        private final SnapshotRun run;
        private final Map<Chunk, Set<Object>> rowsOfChunks = new HashMap<>();
        private final boolean whole;
        private int names;

        Round(SplittableRandom random) {
            this.random = random;
            SnapshotProgress progress = SnapshotProgress.NONE;
            for (int i = 1 + random.nextInt(4); i > 0; i--) {
                TableSource source = Samples.table("t" + i, random.nextInt(12));
                BlockRanges complete = random.nextInt(3) == 0
                        ? BlockRanges.of(List.of(new BlockRange(random.nextInt(4), 4 + random.nextInt(6))))
                        : BlockRanges.NONE;
                for (BlockRange range : complete.ranges()) {
                    progress = progress.with(source.name(), source.identity(), range);
                }
                tables.add(new TableRun(source, complete, BLOCK_BYTES * (1 + random.nextInt(3))));
            }
            before = progress;
            whole = random.nextBoolean();
            run = new SnapshotRun(tables, before, lane, steps, whole);
        }

        void read() throws InterruptedException {
            List<Reader> readers = new ArrayList<>();
            for (int i = 1 + random.nextInt(4); i > 0; i--) {
                readers.add(new Reader());
            }
            while (!readers.isEmpty()) {
                Reader reader = readers.get(random.nextInt(readers.size()));
                step(reader);
                readers.removeIf(each -> each.done);
            }
            run.finish();
        }

        private void step(Reader reader) throws InterruptedException {
            Chunk chunk = reader.chunk;
            if (chunk == null) {
                reader.chunk = run.next();
                reader.done = reader.chunk == null;
                if (reader.chunk != null) {
                    rowsOfChunks.put(reader.chunk, new HashSet<>());
                }
                return;
            }
            switch (random.nextInt(4)) {
                case 0 -> {
                    run.complete(chunk, List.copyOf(reader.rows));
                    reader.rows.clear();
                    reader.chunk = null;
                }
                case 1 -> {
                    if (reader.rows.size() > 1 && !whole) {
                        RowRecord last = reader.rows.remove(reader.rows.size() - 1);
                        run.send(chunk.source(), List.copyOf(reader.rows));
                        reader.rows.clear();
                        reader.rows.add(last);
                    }
                }
                default -> {
                    String topic = chunk.source().name().name();
                    RowRecord row = Samples.row(topic, "row " + ++names);
                    Objects.requireNonNull(rowsOfChunks.get(chunk))
                            .add(row.record().value());
                    lane.marks.put(row.record(), row.mark());
                    reader.rows.add(row);
                }
            }
        }

        void check(String context) {
            List<Object> all =
                    rowsOfChunks.values().stream().flatMap(Set::stream).toList();
            assertThat(lane.sent).as(context).extracting(Sent::row).containsExactlyInAnyOrderElementsOf(all);
            assertThat(lane.flushed).as(context).isEqualTo(lane.sent.size());
            assertThat(steps.rows).as(context).isEqualTo(all.size());
            assertThat(steps.complete)
                    .as(context)
                    .extracting(TableRun::source)
                    .containsExactlyInAnyOrderElementsOf(
                            rowsOfChunks.keySet().stream().map(Chunk::source).toList());
            assertThat(steps.ended).as(context).containsExactlyInAnyOrderElementsOf(tables);
            checkProgress(context);
            checkMarkers(context);
            if (whole) {
                checkUnits(context);
            }
        }

        /** A record is stored with all before it: what its offset calls complete must have been sent by then. */
        private void checkProgress(String context) {
            Set<Object> sent = new HashSet<>();
            for (Sent each : lane.sent) {
                sent.add(each.row());
                rowsOfChunks.forEach((chunk, rows) -> {
                    if (isComplete(chunk, each.progress())) {
                        assertThat(sent)
                                .as("%s: %s is complete at %s", context, chunk, each)
                                .containsAll(rows);
                    }
                });
            }
            rowsOfChunks
                    .keySet()
                    .forEach(chunk -> assertThat(isComplete(chunk, run.progress()))
                            .as("%s: %s is complete at the end", context, chunk)
                            .isTrue());
        }

        /** Nothing is read again if a run ends between two units: what was sent by then is complete. */
        private void checkUnits(String context) {
            assertThat(lane.within).as(context).isFalse();
            Set<Object> before = new HashSet<>();
            int from = 0;
            for (int end : lane.units) {
                lane.sent.subList(from, end).forEach(each -> before.add(each.row()));
                from = end;
                SnapshotProgress stored = lane.sent.get(end - 1).progress();
                rowsOfChunks.forEach((chunk, rows) -> {
                    if (!rows.isEmpty() && !isComplete(chunk, stored)) {
                        assertThat(before)
                                .as("%s: %s is not complete after %d rows", context, chunk, end)
                                .doesNotContainAnyElementsOf(rows);
                    }
                });
            }
            assertThat(from).as(context).isEqualTo(lane.sent.size());
        }

        private static boolean isComplete(Chunk chunk, SnapshotProgress progress) {
            TableSource source = chunk.source();
            BlockRange range = chunk.range();
            return progress.blocks(source.name(), source.identity()).ranges().stream()
                    .anyMatch(done -> done.from() <= range.from() && done.to() >= range.to());
        }

        private void checkMarkers(String context) {
            Map<String, Integer> seen = new HashMap<>();
            Map<String, Integer> counts = new HashMap<>();
            lane.sent.forEach(each -> counts.merge(each.topic(), 1, Integer::sum));
            for (int i = 0; i < lane.sent.size(); i++) {
                Sent each = lane.sent.get(i);
                Integer place = seen.merge(each.topic(), 1, Integer::sum);
                boolean firstOfTopic = place == 1 && isNew(each.topic());
                boolean lastOfTopic = place.equals(counts.get(each.topic()));
                boolean last = i == lane.sent.size() - 1;
                SnapshotRecord expected = last
                        ? SnapshotRecord.LAST
                        : i == 0 && before.isEmpty()
                                ? SnapshotRecord.FIRST
                                : lastOfTopic
                                        ? SnapshotRecord.LAST_IN_DATA_COLLECTION
                                        : firstOfTopic ? SnapshotRecord.FIRST_IN_DATA_COLLECTION : SnapshotRecord.TRUE;
                assertThat(each.marker()).as("%s: %s", context, each).isEqualTo(expected);
            }
        }

        private boolean isNew(String topic) {
            return before.tables().keySet().stream()
                    .noneMatch(table -> table.name().equals(topic));
        }
    }
}
