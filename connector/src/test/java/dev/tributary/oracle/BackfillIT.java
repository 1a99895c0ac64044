// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static dev.tributary.oracle.BackfillScenario.ADDED;
import static dev.tributary.oracle.BackfillScenario.count;
import static dev.tributary.oracle.BackfillScenario.kind;
import static dev.tributary.oracle.BackfillScenario.pollUntil;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Tables that a connector captures from some time on: it reads their rows while it streams, whatever else happens to
 * them.
 */
class BackfillIT {

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
    void otherTablesAreStreamedMeanwhile() throws Exception {
        try (BackfillScenario scenario = BackfillScenario.on(server).inSmallChunks()) {
            // Given
            scenario.captured().capturing("public.still,public.added");

            // When
            List<String> order = new ArrayList<>();
            try (Capture capture = scenario.start()) {
                pollUntil(capture, order, () -> {
                    scenario.execute("UPDATE still SET v = v || 'w' WHERE id = 1");
                    return count(order, "added r") >= ADDED;
                });
            }

            // Then
            assertThat(count(order, "added r")).isEqualTo(ADDED);
            int last = order.lastIndexOf("added r");
            assertThat(count(order.subList(0, last), "still u"))
                    .as("changes of another table before the last row")
                    .isGreaterThan(5);
        }
    }

    /**
     * At first the publication leaves out the table. A transaction that has written to it is open while that changes.
     */
    @Test
    void missesNothingOfATransactionThatIsOlderThanThePublication() throws Exception {
        try (BackfillScenario scenario = BackfillScenario.on(server);
                Connection open = scenario.connect()) {
            // Given
            scenario.with("publication.name", "of_ours")
                    .with("publication.autocreate.mode", "filtered")
                    .captured();
            open.setAutoCommit(false);
            try (Statement statement = open.createStatement()) {
                statement.execute("INSERT INTO added VALUES (-1, 'before it was published')");
            }
            scenario.capturing("public.still,public.added");

            // When
            List<String> read = new ArrayList<>();
            try (Capture capture = scenario.start()) {
                capture.until(scenario.mark()).forEach(record -> read.add(kind(record)));
                capture.until(scenario.mark()).forEach(record -> read.add(kind(record)));
                open.commit();
                pollUntil(capture, read, () -> count(read, "added r") + count(read, "added c") >= ADDED + 1);
            }

            // Then
            assertThat(count(read, "added r")).isEqualTo(ADDED + 1);
        }
    }

    @Test
    void aTableThatIsLockedIsReadLaterAndTheOthersAreStreamed() throws Exception {
        try (BackfillScenario scenario = BackfillScenario.on(server).inSmallChunks();
                Connection locking = scenario.connect()) {
            // Given
            scenario.captured().capturing("public.still,public.added");
            locking.setAutoCommit(false);

            try (Capture capture = scenario.start()) {
                List<String> read = new ArrayList<>();
                pollUntil(capture, read, () -> count(read, "added r") > 100);

                // When
                try (Statement statement = locking.createStatement()) {
                    statement.execute("LOCK TABLE added IN ACCESS EXCLUSIVE MODE");
                }
                for (int i = 0; i < 20; i++) {
                    scenario.execute("UPDATE still SET v = 'meanwhile' WHERE id = " + (i + 1));
                }
                pollUntil(capture, read, () -> count(read, "still u") >= 20);
                assertThat(count(read, "added r")).isLessThan(ADDED);
                locking.rollback();

                // Then
                pollUntil(capture, read, () -> count(read, "added r") >= ADDED);
                assertThat(count(read, "added r")).isEqualTo(ADDED);
            }
        }
    }

    /** It is read from its beginning again: the rows read before lack the column. */
    @Test
    void aTableThatIsAlteredInTheMiddleArrivesAsItIsThen() throws Exception {
        try (BackfillScenario scenario = BackfillScenario.on(server).inSmallChunks()) {
            // Given
            scenario.captured().capturing("public.still,public.added");

            try (Capture capture = scenario.start()) {
                List<String> read = new ArrayList<>();
                pollUntil(capture, read, () -> count(read, "added r") > 100);

                // When
                scenario.execute(
                        "ALTER TABLE added ADD COLUMN more int DEFAULT 5",
                        "UPDATE added SET v = 'written later' WHERE id = " + ADDED);
                Map<Integer, Struct> rows = new HashMap<>();
                capture.untilEnough(
                        record -> {
                            if (kind(record).equals("added r")) {
                                Struct after = ((Struct) record.value()).getStruct("after");
                                if (after.schema().field("more") != null) {
                                    rows.put(after.getInt32("id"), after);
                                }
                            }
                        },
                        () -> rows.size() >= ADDED);

                // Then
                assertThat(rows).hasSize(ADDED);
                assertThat(rows.values()).allMatch(row -> row.getInt32("more") == 5);
                assertThat(Objects.requireNonNull(rows.get(ADDED)).getString("v"))
                        .isEqualTo("written later");
            }
        }
    }

    @Test
    void aTableThatIsDroppedInTheMiddleDoesNotHoldUpTheNext() throws Exception {
        try (BackfillScenario scenario = BackfillScenario.on(server).inSmallChunks()) {
            // Given
            scenario.captured();
            scenario.execute("CREATE TABLE zulu (id int PRIMARY KEY)", "INSERT INTO zulu VALUES (1)");
            scenario.capturing("public.still,public.added,public.zulu");

            try (Capture capture = scenario.start()) {
                List<String> read = new ArrayList<>();
                pollUntil(capture, read, () -> count(read, "added r") > 100);

                // When
                scenario.execute("DROP TABLE added");

                // Then
                pollUntil(capture, read, () -> count(read, "zulu r") == 1);
            }
        }
    }
}
