// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.postgres.PostgresServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that options hide under one name, and that get another name. They are never sent as they are. */
class HiddenColumnsIT {

    private static final String SECRET = "ann@example.com";
    private static final String MASK = "column.mask.with.5.chars";

    private static PostgresServer server;

    @BeforeAll
    static void start() throws Exception {
        server = Wal.server();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "column.mask.hash.SHA-256.with.salt.pepper",
                MASK,
                "column.truncate.to.3.chars",
                "column.exclude.list"
            })
    void aRenamedColumnStopsTheTask(String option) {
        for (Contender contender : List.of(Contender.TRIBUTARY, Contender.FALLBACK)) {
            try (Wal wal = mails();
                    Capture capture = wal.start(contender, Mode.of("hidden", option, "public.t.mail"))) {
                // Given
                wal.write(insert(1));
                List<SourceRecord> records = new ArrayList<>(capture.until(wal.mark()));

                // When
                wal.write(Statement.on(0, "ALTER TABLE t RENAME COLUMN mail TO email"));
                wal.write(insert(2));
                Mark end = wal.mark();

                // Then
                assertThatThrownBy(() -> capture.until(records, end::isIn))
                        .hasMessageContaining("public.t.mail")
                        .hasMessageContaining("public.t.email")
                        .hasMessageNotContaining("pepper");
                assertThat(texts(records)).isNotEmpty().doesNotContain(SECRET);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Contender.class,
            names = {"TRIBUTARY", "FALLBACK"})
    void aRenamedTableStopsTheTask(Contender contender) {
        try (Wal wal = mails();
                Capture capture = wal.start(contender, Mode.of("hidden", MASK, "public.t.mail"))) {
            // Given
            capture.until(wal.mark());

            // When
            wal.write(Statement.on(0, "ALTER TABLE t RENAME TO clients"));
            wal.write(Statement.on(0, "INSERT INTO clients VALUES (2, '" + SECRET + "', 'x')"));
            Mark end = wal.mark();

            // Then
            assertThatThrownBy(() -> capture.until(end))
                    .hasMessageContaining("public.t.mail")
                    .hasMessageContaining("public.clients.mail");
        }
    }

    @Test
    void theRowsOfARenamedTableAreNotReadAgain() {
        try (Wal wal = mails()) {
            // Given
            wal.write(insert(1));
            Map<String, String> options =
                    new HashMap<>(wal.options(Contender.TRIBUTARY, wal.unusedSlot(), Map.of(MASK, "public.t.mail")));
            options.put("snapshot.mode", "initial");
            options.put("internal.tables.look.ms", "50");
            List<SourceRecord> records = new ArrayList<>();
            try (Capture capture = Capture.start(Contender.TRIBUTARY, options, new MemoryOffsets())) {
                capture.until(records, wal.mark()::isIn);

                // When
                wal.write(Statement.on(0, "ALTER TABLE t RENAME TO clients"));

                // Then
                assertThatThrownBy(() -> capture.until(records, () -> false))
                        .hasMessageContaining("public.clients.mail");
                assertThat(texts(records)).contains("*****").doesNotContain(SECRET);
            }
        }
    }

    /** The slot still has changes under the name before. */
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
        List<SourceRecord> records = new ArrayList<>();
        try (Capture capture = Capture.start(Contender.TRIBUTARY, options, offsets)) {
            capture.until(records, end::isIn);
        } finally {
            assertThat(texts(records)).doesNotContain(SECRET);
            wal.awaitRelease(Objects.requireNonNull(options.get("slot.name")));
        }
        return texts(records);
    }

    @Test
    void bothNamesHideTheValues() {
        try (Wal wal = mails();
                Capture capture =
                        wal.start(Contender.TRIBUTARY, Mode.of("hidden", MASK, "public\\.t\\.(mail|email)"))) {
            // Given
            capture.until(wal.mark());

            // When
            wal.write(Statement.on(0, "ALTER TABLE t RENAME COLUMN mail TO email"));
            wal.write(insert(2));

            // Then
            assertThat(texts(capture.until(wal.mark()))).contains("*****").doesNotContain(SECRET);
        }
    }

    /** The new column has the place of the dropped one. */
    @Test
    void aColumnThatIsDroppedAndAnotherOneThatIsAddedStopNothing() {
        try (Wal wal = OneTable.in(server, "CREATE TABLE t (id int PRIMARY KEY, mail text)");
                Capture capture = wal.start(Contender.TRIBUTARY, Mode.of("hidden", MASK, "public.t.mail"))) {
            // Given
            wal.write(Statement.on(0, "INSERT INTO t VALUES (1, '" + SECRET + "')"));
            capture.until(wal.mark());

            // When
            wal.write(Statement.on(
                    0, "ALTER TABLE t DROP COLUMN mail, ADD COLUMN note text", "INSERT INTO t VALUES (2, 'note')"));

            // Then
            assertThat(texts(capture.until(wal.mark()))).contains("note");
        }
    }

    @Test
    void aPartitionThatIsCreatedLaterStopsTheTask() {
        try (Wal wal = partitioned();
                Capture capture =
                        wal.start(Contender.TRIBUTARY, Mode.of("hidden", MASK, "public.t.mail,public.t_1.mail"))) {
            // Given
            wal.write(insert(1));
            assertThat(texts(capture.until(wal.mark()))).contains("*****").doesNotContain(SECRET);

            // When
            wal.write(Statement.on(0, "CREATE TABLE t_2 PARTITION OF t FOR VALUES FROM (2) TO (3)"));
            wal.write(insert(2));
            Mark end = wal.mark();

            // Then
            assertThatThrownBy(() -> capture.until(end))
                    .hasMessageContaining("public.t_2.mail")
                    .hasMessageContaining(MASK);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTableThatInheritsStopsTheTask(boolean snapshot) {
        try (Wal wal = OneTable.in(
                server,
                "CREATE TABLE t (id int PRIMARY KEY, mail text)",
                "CREATE TABLE child (PRIMARY KEY (id)) INHERITS (t)")) {
            // Given
            wal.write(Statement.on(0, "INSERT INTO child VALUES (1, '" + SECRET + "')"));
            Map<String, String> options = Map.of(MASK, "public.t.mail", "table.include.list", "public.child");

            // Then
            assertThatThrownBy(() -> {
                        if (snapshot) {
                            wal.snapshot(Contender.TRIBUTARY, options);
                        } else {
                            wal.read(Contender.TRIBUTARY, options, wal.mark());
                        }
                    })
                    .hasMessageContaining("public.t.mail")
                    .hasMessageContaining("public.child.mail");
        }
    }

    @Test
    void debeziumSendsThemAsTheyAre() {
        Map<String, String> options = Map.of(MASK, "public.t.mail");
        try (Wal renamed = mails();
                Wal partitioned = partitioned()) {
            renamed.write(insert(1));
            renamed.write(Statement.on(0, "ALTER TABLE t RENAME COLUMN mail TO email"));
            renamed.write(insert(2));
            partitioned.write(insert(1));

            assertThat(texts(renamed.read(Contender.DEBEZIUM, options, renamed.mark())))
                    .contains("*****", SECRET);
            assertThat(texts(partitioned.read(Contender.DEBEZIUM, options, partitioned.mark())))
                    .contains(SECRET);
        }
    }

    private static Wal mails() {
        return OneTable.in(server, "CREATE TABLE t (id int PRIMARY KEY, mail text, more text)");
    }

    private static Wal partitioned() {
        return OneTable.in(
                server,
                "CREATE TABLE t (id int PRIMARY KEY, mail text, more text) PARTITION BY RANGE (id)",
                "CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (1) TO (2)");
    }

    private static List<Statement> insert(int id) {
        return Statement.on(0, "INSERT INTO t VALUES (" + id + ", '" + SECRET + "', 'x')");
    }

    /** All texts of the rows that records have. */
    private static List<Object> texts(List<SourceRecord> records) {
        List<Object> texts = new ArrayList<>();
        for (SourceRecord record : records) {
            if (record.value() instanceof Struct value && value.schema().field("after") != null) {
                Struct after = value.getStruct("after");
                if (after != null) {
                    after.schema().fields().stream()
                            .map(after::get)
                            .filter(Objects::nonNull)
                            .map(Object::toString)
                            .forEach(texts::add);
                }
            }
        }
        return texts;
    }
}
