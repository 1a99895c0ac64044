// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.row.RowImage;
import io.debezium.relational.Column;
import io.debezium.relational.Table;
import io.debezium.relational.TableId;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StaleRowsTest {

    private static final TableId ID = new TableId(null, "public", "t");
    private static final Table TABLE = Table.editor()
            .tableId(ID)
            .addColumns(
                    Column.editor().name("Id").type("text").position(1).create(),
                    Column.editor().name("v").type("text").position(2).create())
            .setPrimaryKeyNames("Id")
            .create();

    private final StaleRows stale = new StaleRows();

    @Test
    void asksForRowsByTheirKeys() {
        // When
        add("1");
        add("it's");
        add("1");

        // Then
        assertThat(stale.conditions(ID)).containsExactly("(\"Id\") IN (('1'), ('it''s'))");
    }

    @Test
    void asksForAThousandAtATime() {
        for (int i = 0; i < 2 * StaleRows.PER_STATEMENT + 1; i++) {
            add(Integer.toString(i));
        }
        assertThat(stale.fillStatement()).isTrue();
        assertThat(stale.conditions(ID)).hasSize(3);
    }

    @Test
    void rowsThatAreTakenAreGoneUntilTheyArePutBack() {
        // Given
        add("1");
        add("2");

        // When
        StaleRows.Keys taken = stale.take(ID, 1).orElseThrow();

        // Then
        assertThat(taken.condition()).isEqualTo("(\"Id\") IN (('1'))");
        assertThat(stale.conditions(ID)).containsExactly("(\"Id\") IN (('2'))");
        StaleRows.Keys rest = stale.take(ID, 5).orElseThrow();
        assertThat(stale.has(ID)).isFalse();
        assertThat(stale.take(ID, 5)).isEmpty();
        stale.putBack(ID, taken);
        stale.putBack(ID, rest);
        assertThat(stale.conditions(ID)).containsExactly("(\"Id\") IN (('1'), ('2'))");
    }

    @Test
    void aRowWithoutItsKeyCannotBeKept() {
        assertThat(stale.isOverfull()).isFalse();
        add("\\N");
        assertThat(stale.isOverfull()).isTrue();
    }

    @Test
    void moreRowsThanTheLimitAreNotKept() {
        for (int i = 0; i < StaleRows.LIMIT; i++) {
            add(Integer.toString(i));
        }
        assertThat(stale.isOverfull()).isTrue();
    }

    private void add(String key) {
        stale.add(ID, TABLE, RowImage.ofCopyText((key + "\tv\n").getBytes(StandardCharsets.UTF_8), 2));
    }
}
