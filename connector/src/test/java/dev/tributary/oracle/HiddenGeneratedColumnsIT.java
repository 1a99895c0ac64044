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
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Columns that Postgres generates from columns that options hide. They are not sent as they are, either. */
class HiddenGeneratedColumnsIT {

    private static final String ACCEPT = "column.generated.accept.list";
    private static final String GENERATE =
            "ALTER TABLE t ADD mail_lc text GENERATED ALWAYS AS (lower(mail) || '!') STORED";
    private static final String GENERATED = SECRET + "!";

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
    void aSnapshotIsRefused(String option) {
        try (Wal wal = generated()) {
            wal.write(insert(1));
            for (Contender contender : List.of(Contender.TRIBUTARY, Contender.FALLBACK)) {
                assertThatThrownBy(() -> wal.snapshot(contender, Map.of(option, "public.t.mail")))
                        .hasMessageContaining("public.t.mail,")
                        .hasMessageContaining("public.t.mail_lc")
                        .hasMessageContaining(ACCEPT)
                        .hasMessageNotContaining("pepper");
                assertThat(texts(wal.snapshot(contender, Map.of(option, "public.t.mail,public.t.mail_lc"))))
                        .doesNotContain(SECRET, GENERATED);
                assertThat(texts(wal.snapshot(contender, Map.of(option, "public.t.mail", ACCEPT, "public.t.mail_lc"))))
                        .contains(GENERATED)
                        .doesNotContain(SECRET);
            }
        }
    }

    /** Changes have such a column from Postgres 18 on. */
    @ParameterizedTest
    @EnumSource(
            value = Contender.class,
            names = {"TRIBUTARY", "FALLBACK"})
    void oneThatIsAddedStopsTheStream(Contender contender) {
        Assumptions.assumeTrue(ServerVersion.MAJOR >= 18);
        try (Wal wal = OneTable.in(
                        server,
                        "CREATE TABLE t (id int PRIMARY KEY, mail text, more text)",
                        "CREATE PUBLICATION whole FOR ALL TABLES WITH (publish_generated_columns = stored)");
                Capture capture = wal.start(
                        contender, new Mode("hidden", Map.of(MASK, "public.t.mail", "publication.name", "whole")))) {
            // Given
            wal.write(insert(1));
            List<SourceRecord> records = new ArrayList<>(capture.until(wal.mark()));

            // When
            wal.write(Statement.on(0, GENERATE));
            wal.write(insert(2));
            Mark end = wal.mark();

            // Then
            assertThatThrownBy(() -> capture.until(records, end::isIn))
                    .hasMessageContaining("public.t.mail,")
                    .hasMessageContaining("public.t.mail_lc")
                    .hasMessageContaining(ACCEPT);
            assertThat(texts(records)).contains("*****").doesNotContain(SECRET, GENERATED);
        }
    }

    /** The publication does not have it, but the rows do. */
    @ParameterizedTest
    @CsvSource({"TRIBUTARY, incremental", "TRIBUTARY, blocking", "FALLBACK, incremental", "FALLBACK, blocking"})
    void oneThatIsAddedStopsASnapshotThatASignalRequests(Contender contender, String type) {
        Map<String, String> options = Map.of(MASK, "public.t.mail", "signal.data.collection", "public.signals");
        try (Wal wal = OneTable.in(
                        server,
                        "CREATE TABLE t (id int PRIMARY KEY, mail text, more text)",
                        "CREATE TABLE signals (id text PRIMARY KEY, type text, data text)");
                Capture capture = wal.start(contender, new Mode("hidden", options))) {
            // Given
            wal.write(insert(1));
            List<SourceRecord> records = new ArrayList<>(capture.until(wal.mark()));

            // When
            wal.write(Statement.on(
                    0,
                    GENERATE,
                    "INSERT INTO signals VALUES ('now', 'execute-snapshot', '{\"data-collections\": [\"public.t\"],"
                            + " \"type\": \"" + type + "\"}')"));

            // Then
            assertThatThrownBy(() -> capture.until(records, () -> false))
                    .hasMessageContaining("public.t.mail,")
                    .hasMessageContaining("public.t.mail_lc");
            assertThat(texts(records)).doesNotContain(SECRET, GENERATED);
        }
    }

    /** The checks look at what is read at once. */
    @Test
    void oneOfATableThatIsCapturedLaterStopsItsBackfill() throws Exception {
        try (BackfillScenario later = BackfillScenario.of(OneTable.in(
                server,
                "CREATE TABLE still (id int PRIMARY KEY, v text)",
                "INSERT INTO still VALUES (2, 'v')",
                "CREATE TABLE t (id int PRIMARY KEY, mail text, more text)",
                GENERATE,
                "INSERT INTO t VALUES (1, '" + SECRET + "')"))) {
            // Given
            later.with(MASK, ".*\\.mail").captured().capturing("public.still,public.t");
            List<SourceRecord> records = new ArrayList<>();

            // When / Then
            assertThatThrownBy(() -> {
                        try (Capture capture = later.start()) {
                            capture.until(records, () -> false);
                        }
                    })
                    .hasMessageContaining("public.t.mail,")
                    .hasMessageContaining("public.t.mail_lc");
            assertThat(texts(records)).doesNotContain(SECRET, GENERATED);
        }
    }

    @Test
    void debeziumSendsThemAsTheyAre() {
        try (Wal wal = generated()) {
            wal.write(insert(1));
            assertThat(texts(wal.snapshot(Contender.DEBEZIUM, Map.of(MASK, "public.t.mail"))))
                    .contains(GENERATED);
        }
    }

    private static Wal generated() {
        return OneTable.in(server, "CREATE TABLE t (id int PRIMARY KEY, mail text, more text)", GENERATE);
    }
}
