// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static dev.tributary.oracle.BackfillScenario.ADDED;
import static dev.tributary.oracle.BackfillScenario.count;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.postgres.PostgresServer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which of the tables that a connector captures from some time on it reads, and which it only streams. */
class BackfillChoiceIT {

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
    void aTableThatIsCompleteIsNotReadAgain() throws Exception {
        try (BackfillScenario scenario = BackfillScenario.on(server)) {
            // Given
            scenario.captured().capturing("public.still,public.added");
            assertThat(count(scenario.run(), "added r")).isEqualTo(ADDED);

            // When
            List<String> again = scenario.run();

            // Then
            assertThat(again).doesNotContain("added r");
        }
    }

    @Test
    void aTableThatWasMadeAndFilledWhileTheConnectorStreamedIsComplete() throws Exception {
        try (BackfillScenario scenario = BackfillScenario.on(server).capturing("public.*")) {
            // Given
            scenario.captured();
            try (Capture capture = scenario.start()) {
                scenario.execute("CREATE TABLE young (id int PRIMARY KEY)", "INSERT INTO young VALUES (1), (2)");
                List<SourceRecord> read = capture.until(scenario.mark());
                assertThat(BackfillScenario.kinds(read)).contains("young c");
                capture.commit(read.get(read.size() - 1));
            }

            // When
            List<String> again = scenario.run();

            // Then
            assertThat(again).doesNotContain("young r");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"new.tables=stream", "snapshot.mode=no_data", "snapshot.include.collection.list=public.still"})
    void aTableIsNotReadIfAnOptionSaysSo(String option) throws Exception {
        try (BackfillScenario scenario = BackfillScenario.on(server)) {
            // Given
            int equals = option.indexOf('=');
            scenario.captured()
                    .capturing("public.still,public.added")
                    .with(option.substring(0, equals), option.substring(equals + 1));

            // When
            List<String> read = scenario.run();

            // Then
            assertThat(read).doesNotContain("added r");
        }
    }

    @Test
    void whereEachStartReadsAllTablesNoneIsReadTwice() throws Exception {
        try (BackfillScenario scenario = BackfillScenario.on(server).with("snapshot.mode", "always")) {
            // Given
            scenario.captured().capturing("public.still,public.added");

            // When
            List<SourceRecord> read = new ArrayList<>();
            try (Capture capture = scenario.start()) {
                read.addAll(capture.untilSnapshotEnds());
                read.addAll(scenario.untilComplete(capture));
            }

            // Then
            assertThat(count(BackfillScenario.kinds(read), "added r")).isEqualTo(ADDED);
        }
    }
}
