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
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that options hide under one name, and that get another name. They are never sent as they are. */
class HiddenColumnsIT {

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

    /** The server describes them before each change, and the change has the name of the root. */
    @ParameterizedTest
    @EnumSource(
            value = Contender.class,
            names = {"TRIBUTARY", "FALLBACK"})
    void partitionsThatArePublishedAsTheirRootNeedNoMask(Contender contender) {
        try (Wal wal = OneTable.in(
                server,
                "CREATE TABLE t (id int PRIMARY KEY, mail text, more text) PARTITION BY RANGE (id)",
                "CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (1) TO (2)",
                "CREATE PUBLICATION by_root FOR ALL TABLES WITH (publish_via_partition_root = true)")) {
            // Given
            Map<String, String> options = Map.of(MASK, "public.t.mail", "publication.name", "by_root");
            try (Capture capture = wal.start(contender, new Mode("root", options))) {
                wal.write(insert(1));
                assertThat(texts(capture.until(wal.mark()))).contains("*****").doesNotContain(SECRET);

                // When
                wal.write(Statement.on(0, "CREATE TABLE t_2 PARTITION OF t FOR VALUES FROM (2) TO (3)"));
                wal.write(Statement.on(0, "ALTER TABLE t_1 RENAME TO archive"));
                wal.write(insert(2));
                wal.write(Statement.on(0, "UPDATE t SET more = 'y'"));

                // Then
                assertThat(texts(capture.until(wal.mark()))).contains("*****").doesNotContain(SECRET);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"TRIBUTARY, true", "TRIBUTARY, false", "FALLBACK, true", "FALLBACK, false"})
    void aTableThatInheritsStopsTheTask(Contender contender, boolean snapshot) {
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
                            wal.snapshot(contender, options);
                        } else {
                            wal.read(contender, options, wal.mark());
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
        return Mails.in(server);
    }

    private static Wal partitioned() {
        return OneTable.in(
                server,
                "CREATE TABLE t (id int PRIMARY KEY, mail text, more text) PARTITION BY RANGE (id)",
                "CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (1) TO (2)");
    }
}
