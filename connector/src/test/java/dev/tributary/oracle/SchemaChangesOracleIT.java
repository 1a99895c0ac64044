// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static java.util.function.Predicate.not;
import static java.util.stream.IntStream.range;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.postgres.PostgresServer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Tables whose structure changes while they are captured. A task queries the catalog while it reads the WAL, so the
 * result can depend on when it reads: right after each change, or much later.
 */
class SchemaChangesOracleIT {

    private static final int STEPS = SchemaChanges.all().stream()
            .mapToInt(change -> change.steps().size())
            .max()
            .orElseThrow();

    private static final Mode MODE = Mode.of("every operation", "skipped.operations", "none");

    private static PostgresServer server;

    @BeforeAll
    static void start() throws Exception {
        server = Wal.lateServer();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @TestFactory
    Stream<DynamicNode> readWhenAllChangesHaveBeenMade() {
        try (Wal wal = wal()) {
            // Given
            range(0, STEPS).forEach(step -> wal.write(step(step, SchemaChange::leavesTraces)));
            Mark end = wal.mark();

            // When
            Readings readings = wal.readTwice(MODE, end);

            // Then
            return readings.tests();
        }
    }

    /** Debezium decodes a row with the types and the key that the table now has in the catalog, and stops. */
    @Test
    void aRowIsReadWithTheTypesAndTheKeyThatItsTableHadWhenItWasWritten() {
        try (Wal wal = wal()) {
            // Given
            List<SourceRecord> expected = new ArrayList<>();
            try (Capture debezium = wal.start(Contender.DEBEZIUM, MODE)) {
                for (int i = 0; i < STEPS; i++) {
                    wal.write(step(i, not(SchemaChange::leavesTraces)));
                    expected.addAll(debezium.until(wal.mark()));
                }
            }
            Mark end = wal.mark();

            // When
            List<SourceRecord> actual = wal.read(Contender.TRIBUTARY, MODE.options(), end);

            // Then
            assertThat(rows(actual)).hasSizeGreaterThan(30).isEqualTo(rows(expected));
            assertThatThrownBy(() -> wal.read(Contender.DEBEZIUM, MODE.options(), end))
                    .hasRootCauseInstanceOf(NumberFormatException.class);
        }
    }

    /** The keys and the content of the changes, in the order in which each table had them. */
    private static List<String> rows(List<SourceRecord> records) {
        return records.stream()
                .filter(record -> record.value() != null && !record.topic().endsWith(".message"))
                .map(record -> record.topic() + " " + record.key() + " "
                        + ChangeContent.of(record).row())
                .sorted(Comparator.comparing(row -> row.substring(0, row.indexOf(' '))))
                .toList();
    }

    @TestFactory
    Stream<DynamicNode> readAfterEachStep() {
        List<SourceRecord> expected = new ArrayList<>();
        List<SourceRecord> actual = new ArrayList<>();
        try (Wal wal = wal();
                Capture debezium = wal.start(Contender.DEBEZIUM, MODE);
                Capture tributary = wal.start(Contender.TRIBUTARY, MODE)) {
            for (int i = 0; i < STEPS; i++) {
                // Given
                wal.write(step(i, any -> true));
                Mark end = wal.mark();

                // When
                expected.addAll(debezium.until(end));
                actual.addAll(tributary.until(end));
            }
        }

        // Then
        return new Readings(expected, actual).tests();
    }

    private static List<Statement> step(int number, Predicate<SchemaChange> which) {
        return SchemaChanges.all().stream()
                .filter(which)
                .flatMap(change -> change.step(number).stream())
                .toList();
    }

    private static Wal wal() {
        return Wal.after(server, "CREATE PUBLICATION everything FOR ALL TABLES");
    }
}
