// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.capture.snapshot.BlockRange;
import dev.tributary.capture.snapshot.BlockRanges;
import dev.tributary.capture.snapshot.SnapshotPlan;
import dev.tributary.capture.snapshot.SnapshotProgress;
import dev.tributary.capture.snapshot.TableProgress;
import dev.tributary.postgres.TableName;
import io.debezium.relational.TableId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BackfillStateTest {

    private static final TableId ORDERS = table("orders");
    private static final TableId ITEMS = table("items");
    private static final TableName ORDERS_NAME = SnapshotPlan.name(ORDERS);
    private static final TableName OLD = new TableName("public", "customers");

    private final BackfillState state = new BackfillState(
            Map.of(OLD, "16400"),
            pending(Map.entry(ORDERS, "16500"), Map.entry(ITEMS, "16600")),
            SnapshotProgress.NONE);

    @Test
    void anOffsetListsTheCapturedTablesByTheirOids() {
        assertThat(captured(state.offsetEntries(false))).containsExactly(Map.entry(OLD, "16400"));
    }

    @Test
    void anOffsetListsTheTablesToReadInOrderAndWithoutBlocks() {
        // When
        SnapshotProgress progress = progress(state.offsetEntries(false));

        // Then
        assertThat(progress.tables().keySet()).containsExactly(ORDERS_NAME, SnapshotPlan.name(ITEMS));
        assertThat(progress.hasBegun(ORDERS_NAME)).isFalse();
    }

    @Test
    void anOffsetHasNoProgressOnceAllTablesAreRead() {
        // When
        state.finish(ORDERS);
        state.finish(ITEMS);

        // Then
        assertThat(state.current()).isNull();
        assertThat(state.offsetEntries(true)).containsOnlyKeys(BackfillState.CAPTURED);
        assertThat(captured(state.offsetEntries(false)))
                .containsOnly(
                        Map.entry(OLD, "16400"),
                        Map.entry(ORDERS_NAME, "16500"),
                        Map.entry(SnapshotPlan.name(ITEMS), "16600"));
    }

    /** A table can be taken out of the publication, and added again, while its rows are read. */
    @Test
    void aTableThatIsReadKeepsTheIdentityThatItHasSinceItsReadingBegan() {
        // When
        state.identify(ITEMS, "16600/16300.16700");
        state.add(table("created"), "16900/16300.16701");

        // Then
        assertThat(captured(parsed(state.offsetEntries(false), BackfillState.PENDING)))
                .containsExactly(
                        Map.entry(ORDERS_NAME, "16500"),
                        Map.entry(SnapshotPlan.name(ITEMS), "16600/16300.16700"),
                        Map.entry(new TableName("public", "created"), "16900/16300.16701"));
        state.finish(ITEMS);
        assertThat(state.captured(SnapshotPlan.name(ITEMS))).contains("16600/16300.16700");
    }

    @Test
    void blocksAreCompleteUnderTheIdentityTheyWereReadUnder() {
        // When
        state.complete(ORDERS_NAME, "file-1", new BlockRange(0, 7));

        // Then
        assertThat(state.complete(ORDERS_NAME, "file-1")).hasToString("0-7");
        assertThat(state.complete(ORDERS_NAME, "rewritten")).isEqualTo(BlockRanges.NONE);
        assertThat(progress(state.offsetEntries(false)).blocks(ORDERS_NAME, "file-1"))
                .hasToString("0-7");
        assertThat(state.hasBegun(ORDERS)).isTrue();
        assertThat(state.hasBegun(ITEMS)).isFalse();
        assertThat(state.hasAllBlocks(ORDERS)).isFalse();
    }

    @Test
    void allBlocksAreCompleteOnceNoneIsMissing() {
        // When
        state.complete(ORDERS_NAME, "file-1", BlockRange.ALL);

        // Then
        assertThat(state.hasAllBlocks(ORDERS)).isTrue();
        assertThat(state.hasAllBlocks(ITEMS)).isFalse();
    }

    /** No offset says which rows must be read again, so after a restart all rows of their table are. */
    @Test
    void theCurrentTableStartsOverAfterARestartWhileRowsMustBeReadAgain() {
        // Given
        state.complete(ORDERS_NAME, "file-1", new BlockRange(0, 7));
        state.complete(SnapshotPlan.name(ITEMS), "file-2", new BlockRange(0, 9));

        // When
        SnapshotProgress progress = progress(state.offsetEntries(true));

        // Then
        assertThat(progress.tables()).containsKey(ORDERS_NAME);
        assertThat(progress.blocks(ORDERS_NAME, "file-1")).isEqualTo(BlockRanges.NONE);
        assertThat(progress.blocks(SnapshotPlan.name(ITEMS), "file-2")).hasToString("0-9");
        assertThat(state.complete(ORDERS_NAME, "file-1")).as("until then").hasToString("0-7");
    }

    @Test
    void aTableThatStartsOverStaysTheCurrentOne() {
        // Given
        state.complete(ORDERS_NAME, "file-1", new BlockRange(0, 7));

        // When
        state.startOver(ORDERS_NAME);

        // Then
        assertThat(state.current()).isEqualTo(ORDERS);
        assertThat(state.hasBegun(ORDERS)).isFalse();
        assertThat(progress(state.offsetEntries(false)).tables()).containsKey(ORDERS_NAME);
    }

    @Test
    void aTableThatIsForgottenIsNeitherReadNorCaptured() {
        // Given
        state.complete(ORDERS_NAME, "file-1", new BlockRange(0, 7));

        // When
        state.forget(ORDERS);

        // Then
        assertThat(state.current()).isEqualTo(ITEMS);
        assertThat(state.complete(ORDERS_NAME, "file-1")).isEqualTo(BlockRanges.NONE);
        assertThat(progress(state.offsetEntries(false)).tables()).doesNotContainKey(ORDERS_NAME);
        assertThat(captured(state.offsetEntries(false))).doesNotContainKey(ORDERS_NAME);
    }

    @Test
    void aTableThatIsPostponedIsReadAfterTheOthers() {
        // When
        state.postponeCurrent();

        // Then
        assertThat(state.current()).isEqualTo(ITEMS);
        assertThat(progress(state.offsetEntries(false)).tables().keySet())
                .containsExactly(SnapshotPlan.name(ITEMS), ORDERS_NAME);
        state.postponeCurrent();
        assertThat(state.current()).isEqualTo(ORDERS);
    }

    @Test
    void aTableIsNewOnceForEachOid() {
        assertThat(state.capture(new TableName("public", "created"), "16700")).isTrue();
        assertThat(state.capture(new TableName("public", "created"), "16700")).isFalse();
        assertThat(state.capture(new TableName("public", "created"), "16800")).isTrue();
        assertThat(captured(state.offsetEntries(false)))
                .containsEntry(new TableName("public", "created"), "16800")
                .containsEntry(OLD, "16400");
    }

    @Test
    void aTableIsInterruptedOnceAndAPartitionIsNot() {
        // Given
        TableName partitioned = new TableName("public", "partitioned");
        state.capture(partitioned, "16800>/16300.16801");
        state.capture(new TableName("public", "partition"), "16800>16400");

        // When / Then
        state.finish(ORDERS);
        state.finish(ITEMS);
        assertThat(state.interrupt((table, known) -> known.oid().isPresent()))
                .containsOnly(OLD, partitioned, ORDERS_NAME, SnapshotPlan.name(ITEMS));
        assertThat(state.interrupt((table, known) -> known.oid().isPresent())).isEmpty();
        assertThat(captured(state.offsetEntries(false)))
                .containsOnly(
                        Map.entry(OLD, "16400/0."),
                        Map.entry(partitioned, "16800>/0."),
                        Map.entry(ORDERS_NAME, "16500/0."),
                        Map.entry(SnapshotPlan.name(ITEMS), "16600/0."),
                        Map.entry(new TableName("public", "partition"), "16800>16400"));
    }

    /** What waits of the other one was perhaps read before it was interrupted, too. */
    @Test
    void aTableIsReadFromItsBeginningIfItIsInterruptedWhileItIsRead() {
        // Given
        state.complete(ORDERS_NAME, "file-1", new BlockRange(0, 100));

        // When
        assertThat(state.interrupt((table, known) -> !table.equals(OLD)))
                .containsOnly(ORDERS_NAME, SnapshotPlan.name(ITEMS));

        // Then
        Map<String, String> entries = state.offsetEntries(false);
        assertThat(progress(entries).hasBegun(ORDERS_NAME)).isFalse();
        assertThat(captured(parsed(entries, BackfillState.PENDING)))
                .containsExactly(Map.entry(ORDERS_NAME, "16500/0."), Map.entry(SnapshotPlan.name(ITEMS), "16600"));
        assertThat(captured(entries)).containsOnly(Map.entry(OLD, "16400"));
    }

    @Test
    void entriesDoNotChangeLater() {
        // Given
        Map<String, String> before = state.offsetEntries(false);
        Map<String, String> copy = Map.copyOf(before);

        // When
        state.complete(ORDERS_NAME, "file-1", BlockRange.ALL);
        state.finish(ORDERS);

        // Then
        assertThat(before).isEqualTo(copy);
    }

    @Test
    void aRestartResumesFromTheEntriesOfAnyOffset() {
        long seed = System.nanoTime();
        System.out.println("BackfillStateTest seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 300; round++) {
            // Given
            List<TableId> tables = new ArrayList<>();
            for (int i = 1 + random.nextInt(5); i > 0; i--) {
                tables.add(table("t " + i));
            }
            Map<TableId, String> pending = new LinkedHashMap<>();
            tables.forEach(table -> pending.put(table, Integer.toString(random.nextInt(100))));
            BackfillState running = new BackfillState(Map.of(OLD, "16400"), pending, SnapshotProgress.NONE);
            for (int step = 0; step < 20; step++) {
                // When
                change(running, tables.get(random.nextInt(tables.size())), random);
                boolean rereads = random.nextInt(4) == 0;
                Map<String, String> entries = running.offsetEntries(rereads);
                BackfillState restarted = restarted(entries);

                // Then
                assertThat(restarted.offsetEntries(false)).isEqualTo(entries);
                assertThat(restarted.current()).isEqualTo(running.current());
                for (TableId table : tables) {
                    boolean startsOver = rereads && table.equals(running.current());
                    assertThat(restarted.hasBegun(table))
                            .as("%s of %s", table, entries)
                            .isEqualTo(running.hasBegun(table) && !startsOver);
                    assertThat(restarted.hasAllBlocks(table)).isEqualTo(running.hasAllBlocks(table) && !startsOver);
                }
            }
        }
    }

    private static void change(BackfillState state, TableId any, SplittableRandom random) {
        TableId current = state.current();
        switch (random.nextInt(6)) {
            case 0 -> state.capture(new TableName("public", "created"), Integer.toString(random.nextInt(3)));
            case 1 -> state.startOver(SnapshotPlan.name(any));
            case 2 -> {
                if (current != null && random.nextInt(3) == 0) {
                    state.finish(current);
                }
            }
            case 3 -> {
                if (random.nextInt(5) == 0) {
                    state.forget(any);
                }
            }
            case 4 -> {
                if (current != null && !state.hasBegun(current)) {
                    state.postponeCurrent();
                }
            }
            default -> {
                if (current != null) {
                    long from = random.nextInt(40);
                    BlockRange range = random.nextInt(10) == 0
                            ? BlockRange.ALL
                            : new BlockRange(from, from + 1 + random.nextInt(9));
                    state.complete(SnapshotPlan.name(current), "file-" + random.nextInt(2), range);
                }
            }
        }
    }

    /** As {@link BackfillPlan} does it, if the catalog has not changed. */
    private static BackfillState restarted(Map<String, String> entries) {
        SnapshotProgress progress =
                SnapshotProgress.parse(entries.get(BackfillState.PROGRESS)).orElse(SnapshotProgress.NONE);
        Map<TableId, String> pending = new LinkedHashMap<>();
        SnapshotProgress.parse(entries.get(BackfillState.PENDING))
                .ifPresent(known -> captured(known)
                        .forEach((name, identity) ->
                                pending.put(new TableId(null, name.schema(), name.name()), identity)));
        return new BackfillState(captured(entries), pending, progress);
    }

    private static Map<TableName, String> captured(Map<String, String> entries) {
        return captured(parsed(entries, BackfillState.CAPTURED));
    }

    private static Map<TableName, String> captured(SnapshotProgress listed) {
        Map<TableName, String> oids = new LinkedHashMap<>();
        listed.tables().forEach((table, known) -> oids.put(table, oid(known)));
        return oids;
    }

    @SafeVarargs
    private static Map<TableId, String> pending(Map.Entry<TableId, String>... tables) {
        Map<TableId, String> pending = new LinkedHashMap<>();
        for (Map.Entry<TableId, String> table : tables) {
            pending.put(table.getKey(), table.getValue());
        }
        return pending;
    }

    private static String oid(TableProgress known) {
        assertThat(known.blocks()).isEqualTo(BlockRanges.NONE);
        return known.identity();
    }

    private static SnapshotProgress progress(Map<String, String> entries) {
        return parsed(entries, BackfillState.PROGRESS);
    }

    private static SnapshotProgress parsed(Map<String, String> entries, String key) {
        return SnapshotProgress.parse(Objects.requireNonNull(entries.get(key))).orElseThrow();
    }

    private static TableId table(String name) {
        return new TableId(null, "public", name);
    }
}
