// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tributary.postgres.PostgresServer;
import io.debezium.transforms.openlineage.OpenLineage;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What OpenLineage gets to know about a run: with Debezium's transform for the topics, as it is used. */
class LineageOracleIT {

    private static final String END_STREAM =
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE backend_type = 'walsender'";

    private static PostgresServer server;

    private OpenLineage<SourceRecord> transform = new OpenLineage<>();

    @BeforeAll
    static void start() throws Exception {
        server = Wal.server();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void configure() {
        transform = new OpenLineage<>();
        transform.configure(Map.of());
        Lineage.take();
    }

    @Test
    void aRunSaysWhatDebeziumSays() throws Exception {
        List<String> events = eventsOfARun(Contender.TRIBUTARY);
        assertThat(new HashSet<>(events)).isEqualTo(new HashSet<>(eventsOfARun(Contender.DEBEZIUM)));
        assertThat(events)
                .startsWith("INITIAL []", "RUNNING []")
                .contains("RUNNING [INPUT db.public.t]", "RUNNING [OUTPUT oracle.public.t]")
                .endsWith("STOPPED []");
    }

    private List<String> eventsOfARun(Contender contender) throws Exception {
        configure();
        try (Wal wal = prepared()) {
            try (Capture capture = start(wal, contender)) {
                pass(capture.untilSnapshotEnds());
                wal.write(Statement.on(0, "INSERT INTO t VALUES (2)"));
                pass(capture.until(wal.mark()));
            }
            return Lineage.take().stream().map(Lineage.Event::toString).toList();
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "DEBEZIUM")
    void aRunSurvivesAFailureThatIsTemporary(Contender contender) throws Exception {
        try (Wal wal = prepared()) {
            try (Capture capture = start(wal, contender)) {
                // Given
                pass(capture.untilSnapshotEnds());
                List<SourceRecord> streamed = capture.until(wal.mark());
                capture.commit(streamed.get(streamed.size() - 1));

                // When
                wal.ask(END_STREAM);
                wal.write(Statement.on(0, "INSERT INTO t VALUES (2)"));
                pass(capture.until(wal.mark()));
            }

            // Then
            List<Lineage.Event> events = Lineage.take();
            assertThat(events)
                    .extracting(Lineage.Event::run)
                    .containsOnly(events.get(0).run());
            assertThat(events)
                    .extracting(Lineage.Event::toString)
                    .containsOnlyOnce("INITIAL []", "STOPPED []")
                    .containsSubsequence("RUNNING [OUTPUT oracle.public.t]", "RESTARTING []", "RUNNING []")
                    .endsWith("STOPPED []");
            assertThat(events)
                    .filteredOn(event -> event.failure() != null)
                    .isNotEmpty()
                    .allSatisfy(event -> assertThat(event.failure()).hasMessageContaining("Postgres at"));
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "DEBEZIUM")
    void aRunThatFailsForGoodIsNotComplete(Contender contender) throws Exception {
        try (Wal wal = prepared()) {
            try (Capture capture = start(wal, contender)) {
                // Given
                pass(capture.untilSnapshotEnds());

                // When
                wal.write(Statement.on(0, "DROP PUBLICATION everything"));
                wal.ask(END_STREAM);
                assertThatThrownBy(() -> await().until(() -> capture.poll() == null))
                        .isInstanceOf(ConnectException.class);
            }

            // Then
            assertThat(Lineage.take())
                    .extracting(Lineage.Event::toString)
                    .doesNotContain("STOPPED []")
                    .endsWith("RESTARTING []");
        }
    }

    @ParameterizedTest
    @EnumSource
    void theConfigurationIsWhatTheUserHasWritten(Contender contender) throws Exception {
        try (Wal wal = prepared()) {
            Map<String, String> options = options(wal, contender);
            try (Capture capture = Capture.start(contender, options, new MemoryOffsets())) {
                // When
                capture.untilSnapshotEnds();
            }

            // Then
            Map<String, String> expected = new HashMap<>(options);
            expected.replace("database.password", "********");
            assertThat(Lineage.take())
                    .allSatisfy(event -> assertThat(event.config()).isEqualTo(expected));
        }
    }

    private static Wal prepared() {
        return Wal.after(
                server,
                "CREATE TABLE t (id int PRIMARY KEY)",
                "INSERT INTO t VALUES (1)",
                "CREATE PUBLICATION everything FOR ALL TABLES");
    }

    private static Capture start(Wal wal, Contender contender) {
        return Capture.start(contender, options(wal, contender), new MemoryOffsets());
    }

    private static Map<String, String> options(Wal wal, Contender contender) {
        return wal.options(
                contender,
                wal.newSlot(),
                Map.of(
                        "openlineage.integration.enabled", "true",
                        "snapshot.mode", "initial",
                        "retriable.restart.connector.wait.ms", "100",
                        "database.password", "hush-hush"));
    }

    /** Applies the transform to the records that have its headers: a logical message has none. */
    private void pass(List<SourceRecord> records) {
        records.stream()
                .filter(record -> record.headers().lastWithName("__debezium.context.runId") != null)
                .forEach(transform::apply);
    }
}
