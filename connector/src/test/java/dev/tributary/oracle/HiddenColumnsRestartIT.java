// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static dev.tributary.oracle.Mails.MASK;
import static dev.tributary.oracle.Mails.SECRET;
import static dev.tributary.oracle.Mails.insert;
import static dev.tributary.oracle.Mails.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.postgres.PostgresServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** As {@link HiddenColumnsIT}, where the names change while no task runs, or before the stream gets there. */
class HiddenColumnsRestartIT {

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
    void aColumnThatIsRenamedWhileNoTaskRunsStopsEachStart() throws Exception {
        try (Wal wal = mails()) {
            // Given
            Map<String, String> options = afterwards(wal, "public.t.mail");
            MemoryOffsets offsets = new MemoryOffsets();
            wal.write(insert(1));
            captureOnce(wal, options, offsets);

            // When
            wal.write(insert(2));
            wal.write(Statement.on(0, "ALTER TABLE t RENAME COLUMN mail TO email"));
            wal.write(insert(3));
            Mark end = wal.mark();

            // Then
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> captureUntil(end, wal, options, offsets))
                        .hasMessageContaining("public.t.email");
            }
            options.put(MASK, "public\\.t\\.(mail|email)");
            assertThat(captureUntil(end, wal, options, offsets))
                    .filteredOn("*****"::equals)
                    .hasSize(2);
        }
    }

    /** The usual migrations: the values stay in a column of another name, and a new one takes the name. */
    @ParameterizedTest
    @CsvSource({
        "ALTER TABLE t RENAME mail TO mail_old; ALTER TABLE t ADD mail text, false",
        "ALTER TABLE t RENAME mail TO mail_old; ALTER TABLE t ADD mail text, true",
        "ALTER TABLE t RENAME mail TO mail_old; ALTER TABLE t RENAME more TO mail, false",
        "ALTER TABLE t RENAME mail TO mail_old; ALTER TABLE t RENAME more TO mail, true"
    })
    void aColumnThatTakesTheNameOfAHiddenOneHidesNoOther(String migration, boolean stopped) throws Exception {
        try (Wal wal = mails()) {
            // Given
            Map<String, String> options = afterwards(wal, "public.t.mail");
            MemoryOffsets offsets = new MemoryOffsets();
            wal.write(insert(1));
            if (stopped) {
                captureOnce(wal, options, offsets);
            }
            List<Statement> migrated = Statement.on(0, migration.split("; "));
            List<SourceRecord> records = new ArrayList<>();

            // When
            assertThatThrownBy(() -> {
                        if (stopped) {
                            wal.write(migrated);
                            wal.write(Statement.on(0, "UPDATE t SET id = 2"));
                        }
                        try (Capture capture = Capture.start(Contender.TRIBUTARY, options, offsets)) {
                            if (!stopped) {
                                capture.until(records, wal.mark()::isIn);
                                wal.write(migrated);
                                wal.write(Statement.on(0, "UPDATE t SET id = 2"));
                            }
                            capture.until(records, wal.mark()::isIn);
                        }
                    })
                    // Then
                    .hasMessageContaining("public.t.mail,")
                    .hasMessageContaining("public.t.mail_old");
            assertThat(texts(records)).doesNotContain(SECRET);
        }
    }

    /** No change was ever streamed. */
    @Test
    void aColumnThatIsRenamedAfterTheSnapshotStopsTheTask() throws Exception {
        try (Wal wal = mails()) {
            // Given
            Map<String, String> options = afterwards(wal, "public.t.mail");
            MemoryOffsets offsets = new MemoryOffsets();
            wal.write(insert(1));
            snapshotOnce(wal, options, offsets, 1);

            // When
            wal.write(Statement.on(0, "ALTER TABLE t RENAME mail TO email"));
            wal.write(insert(2));
            Mark end = wal.mark();

            // Then
            assertThatThrownBy(() -> captureUntil(end, wal, options, offsets)).hasMessageContaining("public.t.email");
        }
    }

    /** The expression matches columns of other tables, so the checks find nothing. */
    @Test
    void aColumnThatIsRenamedInTheMiddleOfTheSnapshotStopsTheTask() throws Exception {
        try (Wal wal = OneTable.in(
                server,
                "CREATE TABLE t (id int PRIMARY KEY, mail text, more text)",
                "CREATE TABLE other (id int PRIMARY KEY, mail text)")) {
            // Given
            Map<String, String> options = afterwards(wal, ".*\\.mail");
            MemoryOffsets offsets = new MemoryOffsets();
            wal.write(Statement.on(0, "INSERT INTO other VALUES (1, '" + SECRET + "')"));
            wal.write(insert(1));
            snapshotOnce(wal, options, offsets, 2);

            // When
            wal.write(Statement.on(0, "ALTER TABLE t RENAME mail TO email"));
            wal.write(Statement.on(0, "ALTER TABLE t ADD third text"));
            wal.mark();
            wal.write(Statement.on(0, "CREATE TABLE later (id int)"));

            // Then
            assertThatThrownBy(() -> captureUntil(SnapshotMoments::isLast, wal, options, offsets))
                    .hasMessageContaining("public.t.email");
        }
    }

    /** The offset of the first row is stored. */
    private static void snapshotOnce(Wal wal, Map<String, String> options, MemoryOffsets offsets, int rows)
            throws InterruptedException {
        try (Capture capture = Capture.start(Contender.TRIBUTARY, options, offsets)) {
            List<SourceRecord> records = capture.untilSnapshotEnds();
            assertThat(texts(records)).filteredOn("*****"::equals).hasSize(rows);
            capture.commit(records.get(0));
        }
        wal.awaitRelease(Objects.requireNonNull(options.get("slot.name")));
    }

    /** The slot still has changes under the name that the option does not have any more. */
    @Test
    void anOptionThatIsChangedWithTheNameOfItsColumnStopsTheStart() throws Exception {
        try (Wal wal = mails()) {
            // Given
            Map<String, String> options = afterwards(wal, "public.t.mail");
            MemoryOffsets offsets = new MemoryOffsets();
            wal.write(insert(1));
            captureOnce(wal, options, offsets);
            wal.write(insert(2));
            wal.write(Statement.on(0, "ALTER TABLE t RENAME mail TO email"));
            wal.write(insert(3));
            Mark end = wal.mark();

            // When
            options.put(MASK, "public.t.email");

            // Then
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> captureUntil(end, wal, options, offsets))
                        .hasMessageContaining("public.t.mail")
                        .hasMessageContaining("public.t.email");
            }
            options.put(MASK, "public\\.t\\.(mail|email)");
            captureOnce(wal, options, offsets);
            options.put(MASK, "public.t.email");
            wal.write(insert(4));
            assertThat(captureUntil(wal.mark(), wal, options, offsets)).contains("*****");
        }
    }

    /** Neither of the names is the one in between. */
    @ParameterizedTest
    @ValueSource(strings = {"ALTER TABLE t DROP email", "ALTER TABLE t RENAME email TO contact", "DROP TABLE t"})
    void aNameThatNoLongerExistsStopsTheTask(String afterwards) throws Exception {
        try (Wal wal = mails()) {
            // Given
            Map<String, String> options = afterwards(wal, "public\\.t\\.(mail|contact)");
            MemoryOffsets offsets = new MemoryOffsets();
            wal.write(insert(1));
            captureOnce(wal, options, offsets);

            // When
            wal.write(Statement.on(0, "ALTER TABLE t RENAME mail TO email"));
            wal.write(insert(2));
            wal.write(Statement.on(0, afterwards));
            Mark end = wal.mark();

            // Then
            assertThatThrownBy(() -> captureUntil(end, wal, options, offsets)).hasMessageContaining("public.t.mail");
        }
    }

    /** The new column is not the hidden one, although the stream has not had it yet. */
    @Test
    void columnsThatAreReplacedWhileNoTaskRunsStopNothing() throws Exception {
        try (Wal wal = mails()) {
            // Given
            Map<String, String> options = afterwards(wal, ".*\\.(mail|secret)");
            MemoryOffsets offsets = new MemoryOffsets();
            wal.write(insert(1));
            captureOnce(wal, options, offsets);

            // When
            wal.write(Statement.on(0, "INSERT INTO t VALUES (2, '" + SECRET + "', 'before')"));
            wal.write(Statement.on(0, "ALTER TABLE t DROP more, ADD secret text, ADD note text"));
            wal.write(Statement.on(0, "INSERT INTO t VALUES (3, '" + SECRET + "', '" + SECRET + "', 'after')"));

            // Then
            assertThat(captureUntil(wal.mark(), wal, options, offsets)).contains("before", "after");
        }
    }

    @Test
    void aTableThatIsRenamedWhileNoTaskRunsIsNotReadAgain() throws Exception {
        try (Wal wal = mails()) {
            // Given
            Map<String, String> options = afterwards(wal, "public.t.mail");
            MemoryOffsets offsets = new MemoryOffsets();
            wal.write(insert(1));
            captureOnce(wal, options, offsets);

            // When
            wal.write(Statement.on(0, "ALTER TABLE t RENAME TO clients"));
            List<SourceRecord> records = new ArrayList<>();

            // Then
            assertThatThrownBy(() -> {
                        try (Capture capture = Capture.start(Contender.TRIBUTARY, options, offsets)) {
                            capture.until(records, () -> false);
                        }
                    })
                    .hasMessageContaining("public.clients.mail");
            assertThat(texts(records)).doesNotContain(SECRET);
        }
    }

    private static Map<String, String> afterwards(Wal wal, String hidden) {
        Map<String, String> options =
                new HashMap<>(wal.options(Contender.TRIBUTARY, wal.unusedSlot(), Map.of(MASK, hidden)));
        options.put("snapshot.mode", "initial");
        return options;
    }

    private static void captureOnce(Wal wal, Map<String, String> options, MemoryOffsets offsets)
            throws InterruptedException {
        try (Capture capture = Capture.start(Contender.TRIBUTARY, options, offsets)) {
            List<SourceRecord> records = capture.until(wal.mark());
            assertThat(texts(records)).contains("*****").doesNotContain(SECRET);
            capture.commit(records.get(records.size() - 1));
        }
        wal.awaitRelease(Objects.requireNonNull(options.get("slot.name")));
    }

    /** The texts of a run until a mark; it ends with an exception if it fails before. */
    private static List<Object> captureUntil(Mark end, Wal wal, Map<String, String> options, MemoryOffsets offsets) {
        return captureUntil(end::isIn, wal, options, offsets);
    }

    /** The same until a certain record. */
    private static List<Object> captureUntil(
            Predicate<SourceRecord> isLast, Wal wal, Map<String, String> options, MemoryOffsets offsets) {
        List<SourceRecord> records = new ArrayList<>();
        try (Capture capture = Capture.start(Contender.TRIBUTARY, options, offsets)) {
            capture.until(records, isLast);
        } finally {
            assertThat(texts(records)).doesNotContain(SECRET);
            wal.awaitRelease(Objects.requireNonNull(options.get("slot.name")));
        }
        return texts(records);
    }

    private static Wal mails() {
        return Mails.in(server);
    }
}
