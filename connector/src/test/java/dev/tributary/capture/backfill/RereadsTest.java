// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.capture.snapshot.StaleRows;
import dev.tributary.row.RowImage;
import io.debezium.relational.Column;
import io.debezium.relational.Table;
import io.debezium.relational.TableId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RereadsTest {

    private static final TableId ID = new TableId(null, "public", "t");
    private static final TableId OTHER = new TableId(null, "public", "other");
    private static final Table TABLE = Table.editor()
            .tableId(ID)
            .addColumns(Column.editor().name("id").type("text").position(1).create())
            .setPrimaryKeyNames("id")
            .create();
    private static final int STATEMENT = StaleRows.PER_STATEMENT;

    private final Rereads rereads = new Rereads();

    @Test
    void nothingIsReadAgainIfNoRowHasMoved() {
        assertThat(rereads.isNeeded(ID)).isFalse();
        assertThat(rereads.next(ID, true)).isEmpty();
        assertThat(rereads.areTooMany()).isFalse();
    }

    @Test
    void aFewRowsWaitUntilAllBlocksAreRead() {
        // Given
        add(0, 3);

        // Then
        assertThat(rereads.next(ID, false)).isEmpty();
        assertThat(rereads.isNeeded(ID)).isTrue();
        assertThat(rereads.isNeeded(OTHER)).isFalse();
        assertThat(rereads.next(ID, true).orElseThrow().condition()).isEqualTo("(id) IN (('0'), ('1'), ('2'))");
    }

    @Test
    void aStatementFullOfRowsAndBlocksTakeTurns() {
        // Given
        add(0, 4 * STATEMENT);
        List<Boolean> rows = new ArrayList<>();

        // When
        for (int turn = 0; turn < 6; turn++) {
            rows.add(rereads.next(ID, false).isPresent());
            rereads.complete();
        }

        // Then
        assertThat(rows).containsExactly(true, false, true, false, true, false);
    }

    @Test
    void rowsAreReadAgainUntilTheyAreSent() {
        // Given
        add(0, 2);
        StaleRows.Keys reading = rereads.next(ID, true).orElseThrow();

        // When
        StaleRows.Keys retried = rereads.next(ID, true).orElseThrow();
        boolean neededMeanwhile = rereads.isNeeded(ID);
        rereads.complete();

        // Then
        assertThat(retried).isEqualTo(reading);
        assertThat(neededMeanwhile).isTrue();
        assertThat(rereads.isNeeded(ID)).isFalse();
    }

    @Test
    void aRowThatMovesWhileItIsReadIsReadOnceMore() {
        // Given
        add(0, 1);
        rereads.next(ID, true);

        // When
        add(0, 1);
        rereads.complete();

        // Then
        assertThat(rereads.isNeeded(ID)).isTrue();
        assertThat(values(rereads.next(ID, true))).containsExactly("('0')");
    }

    @Test
    void aStatementAsksForHalfOfTheRowsThatWereTooLarge() {
        // Given
        add(0, STATEMENT);
        List<Integer> sizes = new ArrayList<>();

        // When
        for (int attempt = 0; attempt < 12; attempt++) {
            sizes.add(values(rereads.next(ID, true)).size());
            rereads.readFewer(ID);
        }

        // Then
        assertThat(sizes).containsExactly(1000, 500, 250, 125, 62, 31, 15, 7, 3, 1, 1, 1);
    }

    @Test
    void rowsThatWereTooLargeAreNotForgotten() {
        // Given
        add(0, 5);
        rereads.next(ID, true);

        // When
        rereads.readFewer(ID);

        // Then
        Set<String> read = new HashSet<>();
        while (rereads.isNeeded(ID)) {
            read.addAll(values(rereads.next(ID, true)));
            rereads.complete();
        }
        assertThat(read).containsExactlyInAnyOrder("('0')", "('1')", "('2')", "('3')", "('4')");
    }

    @Test
    void aStatementAsksForTwiceAsManyRowsAfterEachThatWasSent() {
        // Given
        add(0, 5 * STATEMENT);
        for (int i = 0; i < 9; i++) {
            rereads.next(ID, true);
            rereads.readFewer(ID);
        }
        List<Integer> sizes = new ArrayList<>();

        // When
        for (int i = 0; i < 12; i++) {
            sizes.add(values(rereads.next(ID, true)).size());
            rereads.complete();
        }

        // Then
        assertThat(sizes).containsExactly(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1000, 1000);
    }

    @Test
    void blocksThatAreTooLargeChangeNothingHere() {
        // Given
        add(0, 1);

        // When
        rereads.readFewer(ID);

        // Then
        assertThat(values(rereads.next(ID, true))).containsExactly("('0')");
    }

    @Test
    void theTableStartsOverIfARowHasNoKey() {
        // When
        rereads.add(ID, TABLE, row("\\N"));

        // Then
        assertThat(rereads.areTooMany()).isTrue();
        assertThat(rereads.isNeeded(ID)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"42703, true", "42P01, true", "22P02, true", "55P03, false", "57014, false", "40001, false", "'', false"
    })
    void theTableStartsOverIfItsKeyIsNotWhatItWas(String sqlState, boolean startsOver) {
        // Given
        add(0, 1);
        rereads.next(ID, true);

        // When
        rereads.failed(sqlState);

        // Then
        assertThat(rereads.areTooMany()).isEqualTo(startsOver);
    }

    @Test
    void aWrongStatementForBlocksIsNoReasonToStartOver() {
        // Given
        add(0, 1);

        // When
        rereads.failed("42703");

        // Then
        assertThat(rereads.areTooMany()).isFalse();
    }

    @Test
    void nothingIsReadAgainOnceTheTableHasStartedOver() {
        // Given
        add(0, 2 * STATEMENT);
        rereads.next(ID, true);
        rereads.failed("42703");

        // When
        rereads.clear();

        // Then
        assertThat(rereads.areTooMany()).isFalse();
        assertThat(rereads.isNeeded(ID)).isFalse();
        assertThat(rereads.next(ID, true)).isEmpty();
    }

    /** Each row is read by a statement that begins after the row has moved, and whose rows are sent. */
    @Test
    void noRowIsForgottenInWhateverOrderRowsMoveAndAreRead() {
        long seed = System.nanoTime();
        System.out.println("RereadsTest seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 100; round++) {
            // Given
            Rereads any = new Rereads();
            Set<String> movedSinceRead = new HashSet<>();
            Set<String> reading = new HashSet<>();

            // When
            for (int step = 0; step < 200 || any.isNeeded(ID); step++) {
                switch (random.nextInt(step < 200 ? 4 : 3)) {
                    case 0 -> {
                        Optional<StaleRows.Keys> next = any.next(ID, step >= 200 || random.nextBoolean());
                        if (next.isPresent() && reading.isEmpty()) {
                            reading.addAll(next.get().values());
                            movedSinceRead.removeAll(reading);
                        }
                        assertThat(values(next)).isEqualTo(reading);
                    }
                    case 1 -> {
                        any.complete();
                        reading.clear();
                    }
                    case 2 -> {
                        if (random.nextInt(4) == 0) {
                            any.readFewer(ID);
                            movedSinceRead.addAll(reading);
                            reading.clear();
                        }
                    }
                    default -> {
                        String key = Integer.toString(random.nextInt(30));
                        any.add(ID, TABLE, row(key));
                        movedSinceRead.add("('" + key + "')");
                    }
                }
            }

            // Then
            assertThat(movedSinceRead).as("round %d", round).isEmpty();
        }
    }

    private static Set<String> values(Optional<StaleRows.Keys> keys) {
        return keys.map(StaleRows.Keys::values).orElse(Set.of());
    }

    private void add(int from, int to) {
        for (int key = from; key < to; key++) {
            rereads.add(ID, TABLE, row(Integer.toString(key)));
        }
    }

    private static RowImage row(String key) {
        return RowImage.ofCopyText((key + "\n").getBytes(StandardCharsets.UTF_8), 1);
    }
}
