// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.postgres.PostgresServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that does not have everything that was read is noticed, and one that has it is not. */
class DivergenceIT {

    private static final String SLOT = "goods_slot";

    private final MemoryOffsets offsets = new MemoryOffsets();
    private final List<PostgresServer> servers = new ArrayList<>();

    @SuppressWarnings("NullAway.Init") // started before each test
    private PostgresServer primary;

    @BeforeEach
    void start() throws Exception {
        primary = Wal.server();
        servers.add(primary);
        prepare(primary);
    }

    private static void prepare(PostgresServer server) {
        server.execute(
                "CREATE TABLE goods (id int PRIMARY KEY)",
                "CREATE PUBLICATION everything FOR ALL TABLES",
                "SELECT pg_create_logical_replication_slot('" + SLOT + "', 'pgoutput')",
                "INSERT INTO goods VALUES (1)");
    }

    @AfterEach
    void stop() {
        servers.forEach(PostgresServer::close);
    }

    @Test
    void eventsOfChangesThatThePromotedServerLacksAreReported() throws Exception {
        // Given
        PostgresServer promoted = promoteWithoutTheLastRows();
        String fork = fork(promoted);

        // When / Then
        assertThatThrownBy(() -> read(promoted, 1, Map.of()))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("The server is on timeline 2, which left timeline 1 at " + fork)
                .hasMessageContaining("those of transactions that committed after " + fork + " and up to ")
                .hasMessageContaining("server.divergence=continue");
    }

    /** By then, the promoted server has written beyond the position that was read. */
    @Test
    void continuesFromTheForkIfAllowed() throws Exception {
        // Given
        PostgresServer promoted = promoteWithoutTheLastRows();

        // When
        List<Integer> ids = read(promoted, 12, Map.of("server.divergence", "continue"));

        // Then
        assertThat(ids).startsWith(11).endsWith(22).hasSize(12);
        promoted.execute("INSERT INTO goods VALUES (30)");
        assertThat(read(promoted, 1, Map.of()))
                .as("once an offset of the new timeline is stored")
                .containsExactly(30);
    }

    /** Connect still has the offset of the other history, and the worker crashes before it stores a new one. */
    @Test
    void theOffsetOfTheOtherHistoryIsNotAcknowledged() throws Exception {
        // Given
        PostgresServer promoted = promoteWithoutTheLastRows();
        Map<String, String> options = options(promoted, Map.of("server.divergence", "continue"));

        // When
        try (Capture capture = Capture.start(Contender.TRIBUTARY, options, offsets)) {
            List<SourceRecord> records = new ArrayList<>();
            capture.until(records, () -> records.size() >= 12);
            capture.commit();
        }

        // Then
        assertThat(read(promoted, 12, Map.of("server.divergence", "continue")))
                .startsWith(11)
                .endsWith(22);
    }

    /** Two standbys do not know of each other, and each becomes the second timeline of its own. */
    @Test
    void aTimelineOfTheSameNumberIsNoticedByWhereItBegan() throws Exception {
        // Given
        assertThat(read(primary, 1, Map.of())).containsExactly(1);
        primary.stop();
        servers.clear();
        PostgresServer behind = primary.standbyCopy();
        servers.add(behind);
        primary = primary.startAgain();
        primary.execute("INSERT INTO goods VALUES (2)");
        assertThat(read(primary, 1, Map.of())).containsExactly(2);
        primary.stop();
        PostgresServer first = primary.promoteCopy();
        servers.add(first);
        first.execute("INSERT INTO goods VALUES (3)");
        assertThat(read(first, 1, Map.of())).containsExactly(3);

        // When
        behind.execute("SELECT pg_promote()", "INSERT INTO goods SELECT generate_series(11, 1000)");

        // Then
        assertThat(offsets.toString()).contains("server_timeline=2");
        assertThat(behind.ask("SELECT pg_current_wal_insert_lsn() > '" + first.ask("SELECT pg_current_wal_insert_lsn()")
                        + "'"))
                .isEqualTo("t");
        assertThatThrownBy(() -> read(behind, 1, Map.of()))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("they part at " + fork(behind));
        assertThat(read(behind, 990, Map.of("server.divergence", "continue")))
                .startsWith(11)
                .endsWith(1000);
    }

    @Test
    void takesANewSnapshotIfTheSnapshotModeAsksForIt() throws Exception {
        // Given
        PostgresServer promoted = promoteWithoutTheLastRows();

        // When
        List<Integer> ids = read(promoted, 13, Map.of("snapshot.mode", "when_needed"));

        // Then
        assertThat(ids).startsWith(1).contains(11, 22).doesNotContain(2, 3);
    }

    @Test
    void aServerThatWasPromotedWithEverythingIsReadOn() throws Exception {
        // Given
        assertThat(read(primary, 1, Map.of())).containsExactly(1);
        primary.execute("INSERT INTO goods VALUES (2)");
        primary.stop();
        servers.clear();
        PostgresServer promoted = primary.promoteCopy();
        servers.add(promoted);
        promoted.execute("INSERT INTO goods VALUES (3)");

        // When / Then
        assertThat(read(promoted, 2, Map.of())).containsExactly(2, 3);
        assertThat(offsets.toString()).contains("server_timeline=2");
        promoted.execute("INSERT INTO goods VALUES (4)");
        assertThat(read(promoted, 1, Map.of())).containsExactly(4);
    }

    @Test
    void aStandbyThatIsPromotedWhileItIsReadIsReadOnItsNewTimeline() throws Exception {
        // Given
        assertThat(read(primary, 1, Map.of())).containsExactly(1);
        primary.execute("INSERT INTO goods VALUES (2)");
        primary.stop();
        servers.clear();
        PostgresServer standby = primary.standbyCopy();
        servers.add(standby);
        Map<String, String> options = options(standby, Map.of("read.only", "true"));
        try (Capture capture = Capture.start(Contender.TRIBUTARY, options, offsets)) {
            assertThat(read(capture, 1)).containsExactly(2);
            assertThat(offsets.toString()).contains("server_timeline=1");

            // When
            standby.execute("SELECT pg_promote()", "INSERT INTO goods VALUES (3)");
            read(capture, 1);
            int id = 3;
            while (!offsets.toString().contains("server_timeline=2")) {
                standby.execute("INSERT INTO goods VALUES (" + ++id + ")");
                read(capture, 1);
            }
        }

        // Then
        standby.execute("INSERT INTO goods VALUES (1000)");
        List<Integer> ids = read(standby, 1, Map.of());
        assertThat(ids).endsWith(1000);
    }

    @Test
    void aStandbyThatFollowsAPromotedServerIsReadOnItsNewTimeline() throws Exception {
        // Given
        PostgresServer standby = readStandbyThatFollows(promotedAndStandby());

        // When
        servers.get(0).execute("INSERT INTO goods VALUES (1000)");

        // Then
        assertThat(readUpTo(standby, 1_000, Map.of("read.only", "true"))).endsWith(1000);
    }

    /** The connector was killed before it had noticed the new timeline, so the stored offset names the old one. */
    @Test
    void continuesFromTheSlotIfThisHistoryHasBeenReadAlready() throws Exception {
        // Given
        PostgresServer standby = readStandbyThatFollows(promotedAndStandby());
        offsets.change("server_timeline", "1");
        servers.get(0).execute("INSERT INTO goods VALUES (1000)");

        // When / Then
        assertThatThrownBy(() -> read(standby, 1, Map.of("read.only", "true")))
                .hasMessageContaining("The server is on timeline 2, which left timeline 1 at ");
        Map<String, String> options = Map.of("read.only", "true", "server.divergence", "continue");
        assertThat(readUpTo(standby, 1_000, options)).doesNotContain(2, 3).endsWith(1000);
    }

    @Test
    void rowsOfASnapshotThatThePromotedServerLacksAreReported() throws Exception {
        // Given
        PostgresServer promoted = promoteWithoutTheLastRows();
        offsets.clear();
        Map<String, String> options = options(primary, Map.of("snapshot.mode", "initial"));
        try (Capture capture = Capture.start(Contender.TRIBUTARY, options, offsets)) {
            List<SourceRecord> rows = capture.untilSnapshotEnds();
            assertThat(rows).hasSize(3);
            capture.commit(rows.get(1));
        }

        // When / Then
        assertThatThrownBy(() -> read(promoted, 1, Map.of("snapshot.mode", "initial")))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("The server is on timeline 2, which left timeline 1 at " + fork(promoted));
        assertThat(read(promoted, 13, Map.of("snapshot.mode", "when_needed")))
                .startsWith(1)
                .contains(11, 22)
                .doesNotContain(2, 3);
    }

    @Test
    void anotherClusterIsNoticed() throws Exception {
        // Given
        assertThat(read(primary, 1, Map.of())).containsExactly(1);
        // The servers of one version have the same identifier in tests, because initdb runs once.
        PostgresServer other = PostgresServer.start(17, Map.of());
        servers.add(other);
        prepare(other);
        other.execute("INSERT INTO goods SELECT generate_series(2, 10000)");

        // When / Then
        assertThatThrownBy(() -> read(other, 1, Map.of()))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("The server is another database cluster");
        Map<String, String> options = Map.of("server.divergence", "continue");
        assertThat(read(other, 10_000, options)).hasSize(10_000).startsWith(1, 2);
    }

    /** A server that was promoted with everything, and a standby that has no primary yet. */
    private PostgresServer promotedAndStandby() throws Exception {
        assertThat(read(primary, 1, Map.of())).containsExactly(1);
        primary.execute("INSERT INTO goods VALUES (2)");
        primary.stop();
        servers.clear();
        servers.add(primary.promoteCopy());
        PostgresServer standby = primary.standbyCopy();
        servers.add(standby);
        return standby;
    }

    /** Reads a standby while it begins to follow the promoted server, until an offset names the new timeline. */
    private PostgresServer readStandbyThatFollows(PostgresServer standby) throws Exception {
        PostgresServer promoted = servers.get(0);
        Map<String, String> options = options(standby, Map.of("read.only", "true"));
        try (Capture capture = Capture.start(Contender.TRIBUTARY, options, offsets)) {
            assertThat(read(capture, 1)).containsExactly(2);
            standby.execute(
                    "ALTER SYSTEM SET primary_conninfo = 'host=localhost port=" + promoted.port() + " user=postgres'",
                    "SELECT pg_reload_conf()");
            for (int id = 3; !offsets.toString().contains("server_timeline=2"); id++) {
                assertThat(id).as("the new timeline is noticed before row").isLessThan(1_000);
                promoted.execute("INSERT INTO goods VALUES (" + id + ")");
                assertThat(read(capture, 1)).endsWith(id);
            }
        }
        return standby;
    }

    private List<Integer> readUpTo(PostgresServer server, int id, Map<String, String> more) throws Exception {
        List<Integer> ids = new ArrayList<>();
        try (Capture capture = Capture.start(Contender.TRIBUTARY, options(server, more), offsets)) {
            while (!ids.contains(id)) {
                ids.addAll(read(capture, 1));
            }
        }
        return ids;
    }

    /** Rows 2 and 3 are read, and the promoted server has rows 11 to 22 instead. */
    private PostgresServer promoteWithoutTheLastRows() throws Exception {
        assertThat(read(primary, 1, Map.of())).containsExactly(1);
        primary.stop();
        servers.clear();
        PostgresServer promoted = primary.promoteCopy();
        servers.add(promoted);
        primary = primary.startAgain();
        servers.add(primary);
        primary.execute("INSERT INTO goods VALUES (2)", "INSERT INTO goods VALUES (3)");
        assertThat(read(primary, 2, Map.of())).containsExactly(2, 3);
        for (int id = 11; id <= 22; id++) {
            promoted.execute("INSERT INTO goods VALUES (" + id + ")");
        }
        return promoted;
    }

    private static String fork(PostgresServer promoted) {
        return promoted.ask("SELECT split_part(pg_read_file('pg_wal/00000002.history'), E'\\t', 2)");
    }

    /** Reads this many rows, and stores the offset of the last one. */
    private List<Integer> read(PostgresServer server, int count, Map<String, String> more) throws Exception {
        try (Capture capture = Capture.start(Contender.TRIBUTARY, options(server, more), offsets)) {
            return read(capture, count);
        }
    }

    private static List<Integer> read(Capture capture, int count) throws Exception {
        List<SourceRecord> records = new ArrayList<>();
        capture.until(records, () -> records.size() >= count);
        capture.commit(records.get(records.size() - 1));
        return records.stream()
                .map(record -> ((Struct) record.key()).getInt32("id"))
                .toList();
    }

    private static Map<String, String> options(PostgresServer server, Map<String, String> more) {
        Map<String, String> options = new HashMap<>(Map.of(
                "name", "divergence",
                "task.id", "0",
                "database.hostname", "localhost",
                "database.port", Integer.toString(server.port()),
                "database.user", "postgres",
                "database.dbname", "postgres",
                "topic.prefix", "divergence",
                "slot.name", SLOT,
                "publication.name", "everything"));
        options.putAll(Contender.TRIBUTARY.options());
        options.put("snapshot.mode", "no_data");
        options.put("table.include.list", "public.goods");
        options.putAll(more);
        return options;
    }
}
