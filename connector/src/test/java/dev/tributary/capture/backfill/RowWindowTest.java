// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.position.Lsn;
import dev.tributary.position.ServerSnapshot;
import dev.tributary.row.RowImage;
import io.debezium.relational.Column;
import io.debezium.relational.Table;
import io.debezium.relational.TableId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowWindowTest {

    /** Sees every transaction before 100, and none from there on. */
    private static final ServerSnapshot MOMENT = ServerSnapshot.parse("100:100:");

    private static final long SEEN = 99;
    private static final long UNSEEN = 100;

    private final RowKey byId = RowKey.of(table("id"));
    private final RowImage one = row("1", "a");
    private final RowImage two = row("2", "b");
    private final RowWindow window = new RowWindow(MOMENT, new Lsn(7), byId, List.of(one, two));

    @Test
    void aChangeThatTheMomentSeesLeadsUpToTheRow() {
        assertThat(window.takeBefore(SEEN, byId, null, row("1", "older"))).isEmpty();
        assertThat(window.takeAll()).containsExactly(one, two);
    }

    @Test
    void theRowGoesBeforeAChangeThatTheMomentDoesNotSee() {
        assertThat(window.takeBefore(UNSEEN, byId, null, row("1", "newer"))).containsExactly(one);
        assertThat(window.takeBefore(UNSEEN, byId, null, row("1", "newest")))
                .as("it goes once")
                .isEmpty();
        assertThat(window.takeAll()).containsExactly(two);
    }

    @Test
    void aDeleteAndAnInsertAreSuchChanges() {
        assertThat(window.takeBefore(UNSEEN, byId, row("2", "\\N"), null)).containsExactly(two);
        assertThat(window.takeBefore(UNSEEN, byId, null, row("3", "new"))).isEmpty();
        assertThat(window.takeAll()).containsExactly(one);
    }

    @Test
    void aChangedKeyConcernsTwoRows() {
        assertThat(window.takeBefore(UNSEEN, byId, row("1", "\\N"), row("2", "a")))
                .containsExactly(one, two);
    }

    @Test
    void aTruncateConcernsAllRows() {
        assertThat(window.takeBefore(UNSEEN, byId, null, null)).containsExactly(one, two);
    }

    @Test
    void aChangeThatDoesNotTellTheKeyMayConcernAnyRow() {
        assertThat(window.takeBefore(UNSEEN, byId, row("\\N", "b"), null)).containsExactlyInAnyOrder(one, two);
    }

    @Test
    void withoutAKeyAnyChangeConcernsAllRows() {
        // Given
        RowKey none = RowKey.of(table());
        RowWindow keyless = new RowWindow(MOMENT, new Lsn(7), none, List.of(one, two));

        // Then
        assertThat(keyless.takeBefore(SEEN, none, null, row("1", "x"))).isEmpty();
        assertThat(keyless.takeBefore(UNSEEN, none, null, row("9", "x"))).containsExactly(one, two);
        assertThat(keyless.takeAll()).isEmpty();
    }

    @Test
    void rowsWithOneKeyAreAllKept() {
        // Given
        RowImage child = row("1", "of a table that inherits");
        RowWindow two = new RowWindow(MOMENT, new Lsn(7), byId, List.of(one, child));

        // Then
        assertThat(two.takeBefore(UNSEEN, byId, null, row("9", "x"))).containsExactlyInAnyOrder(one, child);
    }

    @Test
    void aStandbyLeavesADoubtAboutWhatWasRunning() {
        // Given
        ServerSnapshot standby = ServerSnapshot.parse("90:100::standby");
        RowWindow doubtful = new RowWindow(standby, new Lsn(7), byId, List.of(one, two));

        // Then
        assertThat(doubtful.isDoubtful(95, byId, null, row("1", "x"))).isTrue();
        assertThat(doubtful.isDoubtful(95, byId, row("\\N", "x"), null)).isTrue();
        assertThat(doubtful.isDoubtful(95, byId, null, null)).isTrue();
        assertThat(doubtful.isDoubtful(95, byId, null, row("9", "no row of it")))
                .isFalse();
        assertThat(doubtful.isDoubtful(89, byId, null, row("1", "over before"))).isFalse();
        assertThat(doubtful.isDoubtful(100, byId, null, row("1", "begun later")))
                .isFalse();
        assertThat(window.isDoubtful(UNSEEN, byId, null, row("1", "a primary knows")))
                .isFalse();
    }

    @Test
    void keysOfSeveralColumnsAreToldApart() {
        RowKey both = RowKey.of(table("id", "v"));
        assertThat(both.of(row("1", "11"))).isNotEqualTo(both.of(row("11", "1")));
        assertThat(both.of(row("1:1", "1"))).isNotEqualTo(both.of(row("1", "1:1")));
        assertThat(both.of(row("1", "\\N"))).isNull();
    }

    @Test
    void columnsThatComeInAnotherOrderAreTheSameKey() {
        // Given
        Table turned = Table.editor()
                .tableId(new TableId(null, "public", "t"))
                .addColumns(column("v", 1), column("id", 2))
                .setPrimaryKeyNames("id")
                .create();

        // Then
        assertThat(window.takeBefore(UNSEEN, RowKey.of(turned), null, row("x", "2")))
                .containsExactly(two);
    }

    private static Table table(String... key) {
        return Table.editor()
                .tableId(new TableId(null, "public", "t"))
                .addColumns(column("id", 1), column("v", 2))
                .setPrimaryKeyNames(key)
                .create();
    }

    private static Column column(String name, int position) {
        return Column.editor().name(name).type("text").position(position).create();
    }

    private static RowImage row(String first, String second) {
        return RowImage.ofCopyText((first + "\t" + second + "\n").getBytes(StandardCharsets.UTF_8), 2);
    }
}
