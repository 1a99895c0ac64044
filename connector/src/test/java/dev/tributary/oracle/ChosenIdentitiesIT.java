// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.postgres.PostgresServer;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code replica.identity.autoset.values} for tables that are published already, and for those that must keep theirs.
 */
class ChosenIdentitiesIT {

    private static final String PUBLISHED = "CREATE PUBLICATION everything FOR TABLE events";

    private static final String IDENTITY = "SELECT relreplident FROM pg_class WHERE relname = 'events'";

    /**
     * @param chosen the identity that the option chooses
     * @param table statements that create the table
     */
    private record Case(String chosen, List<String> table) {

        Case(String chosen, String... table) {
            this(chosen, List.of(table));
        }

        Map<String, String> options() {
            return Map.of("replica.identity.autoset.values", "public.events:" + chosen);
        }

        @Override
        public String toString() {
            return chosen + " for " + table.get(0);
        }
    }

    static List<Case> cases() {
        return Stream.of(
                        new Case("DEFAULT", "CREATE TABLE events (a int)", "ALTER TABLE events REPLICA IDENTITY FULL"),
                        new Case("NOTHING", "CREATE TABLE events (a int PRIMARY KEY)"),
                        new Case(
                                "FULL",
                                "CREATE TABLE events (a int PRIMARY KEY, b int GENERATED ALWAYS AS (a) VIRTUAL)"))
                .filter(each -> ServerVersion.MAJOR >= 18 || !each.toString().contains("VIRTUAL"))
                .toList();
    }

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
    @MethodSource("cases")
    void applicationsCanStillUpdate(Case each) {
        for (Contender contender : List.of(Contender.TRIBUTARY, Contender.FALLBACK)) {
            try (Wal wal = of(each)) {
                // Given
                String before = wal.ask(IDENTITY);

                // When
                wal.read(contender, each.options(), wal.mark());

                // Then
                wal.write(Statement.on(0, "UPDATE events SET a = 2"));
                assertThat(wal.ask(IDENTITY)).as("identity with %s", contender).isEqualTo(before);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TRIBUTARY", "FALLBACK"})
    void aTableThatIsPublishedAlreadyGetsItsIdentityWhenTheOptionIsAdded(Contender contender) throws Exception {
        try (Wal wal = Wal.after(
                server,
                "CREATE TABLE events (a int PRIMARY KEY, b text)",
                "INSERT INTO events VALUES (1, 'one')",
                "CREATE PUBLICATION everything FOR ALL TABLES")) {
            // Given
            String slot = wal.newSlot();
            MemoryOffsets offsets = new MemoryOffsets();
            Map<String, String> options = wal.options(contender, slot, Map.of());
            try (Capture capture = Capture.start(contender, options, offsets)) {
                List<SourceRecord> records = capture.until(wal.mark());
                capture.commit(records.get(records.size() - 1));
            }
            assertThat(wal.ask(IDENTITY)).isEqualTo("d");

            // When
            options.put("replica.identity.autoset.values", "public\\..*:FULL");
            List<SourceRecord> records;
            try (Capture capture = Capture.start(contender, options, offsets)) {
                wal.write(Statement.on(0, "UPDATE events SET b = 'two'"));
                records = capture.until(wal.mark());
            }

            // Then
            assertThat(wal.ask(IDENTITY)).isEqualTo("f");
            assertThat(records)
                    .filteredOn(record -> record.topic().endsWith(".events"))
                    .singleElement()
                    .satisfies(record -> assertThat(((Struct) record.value())
                                    .getStruct("before")
                                    .getString("b"))
                            .isEqualTo("one"));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void debeziumMakesTheirUpdatesFail(Case each) {
        try (Wal wal = of(each)) {
            // When
            wal.read(Contender.DEBEZIUM, each.options(), wal.mark());

            // Then
            assertThatThrownBy(() -> wal.write(Statement.on(0, "UPDATE events SET a = 2")))
                    .hasMessageContaining("cannot update table \"events\"");
        }
    }

    private static Wal of(Case each) {
        return Wal.after(
                server,
                Stream.concat(each.table().stream(), Stream.of("INSERT INTO events VALUES (1)", PUBLISHED))
                        .toArray(String[]::new));
    }
}
