// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import static dev.tributary.preflight.FindingAssert.assertNone;
import static dev.tributary.preflight.FindingAssert.assertOne;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.postgres.PostgresServer.TestDatabase;
import dev.tributary.postgres.TestServer;
import dev.tributary.preflight.Finding.Severity;
import dev.tributary.preflight.PreflightRequest.PublicationMode;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PartitionIT {

    @RegisterExtension
    private static final TestServer SERVER =
            TestServer.with("CREATE ROLE app LOGIN REPLICATION PASSWORD 'app'", "GRANT pg_read_all_data TO app");

    private final TestDatabase database = SERVER.newDatabase();

    @Test
    void saysWhichNameTheChangesOfPartitionsCarry() {
        // Given
        database.execute(
                "CREATE TABLE log (at int PRIMARY KEY) PARTITION BY RANGE (at)",
                "CREATE TABLE log_1 PARTITION OF log FOR VALUES FROM (0) TO (10)",
                "CREATE PUBLICATION pub FOR ALL TABLES");
        var byRoot = Requests.on(database.target("app")).capturing("public.log");
        var byPartition = Requests.on(database.target("app")).capturing("public.log_1");
        var byBoth = Requests.on(database.target("app"));

        // When
        var findings = byRoot.run();

        // Then
        var found = assertOne(findings, "partitions that are not captured: public.log")
                .is(Severity.ERROR, "table.include.list")
                .fixedBy("ALTER PUBLICATION pub SET (publish_via_partition_root = true)");
        assertThat(byPartition.run()).isEmpty();
        assertOne(byBoth.run(), "together with their partitions: public.log")
                .is(Severity.INFO, "table.include.list")
                .says("name of the partition");
        database.execute(found.statements());
        assertThat(byRoot.run()).isEmpty();
        assertOne(byPartition.run(), "without the table they belong to: public.log_1")
                .is(Severity.ERROR, "table.include.list")
                .says("carry the name public.log");
        assertOne(byBoth.run(), "together with their partitions: public.log").says("name of the partitioned table");
    }

    /** Over REST a slot is taken for a sign that it has captured. */
    @Test
    void aConnectorThatHasCapturedBeforeMayLackTheChangesOfPartitions() {
        // Given
        database.execute(
                "CREATE TABLE log (at int PRIMARY KEY) PARTITION BY RANGE (at)",
                "CREATE TABLE log_1 PARTITION OF log FOR VALUES FROM (0) TO (10)",
                "CREATE TABLE log_2 PARTITION OF log FOR VALUES FROM (10) TO (20)");
        var byRoot = Requests.on(database.target("postgres")).capturing("public.log", "public.log_1");
        var byPartition = byRoot.capturing("public.log_1");

        // Then
        for (var begins : List.of(byRoot, byRoot.starting(), byRoot.snapshot(false, false))) {
            assertOne(begins.run(), "partitions that are not captured: public.log")
                    .is(Severity.ERROR, "table.include.list");
        }
        for (var resumes : List.of(byRoot.starting().stored("0/1"), byRoot.running())) {
            assertOne(resumes.run(), "partitions that are not captured: public.log")
                    .is(Severity.WARNING, "table.include.list");
        }
        assertNone(byRoot.onlySnapshot().run(), "not captured");
        assertNone(byRoot.capturing("public.log.*").run(), "not captured");

        // When
        database.execute("CREATE PUBLICATION pub FOR ALL TABLES WITH (publish_via_partition_root = true)");

        // Then
        assertOne(byPartition.starting().run(), "without the table they belong to")
                .is(Severity.ERROR, "table.include.list");
        assertOne(byPartition.running().run(), "without the table they belong to")
                .is(Severity.WARNING, "table.include.list");
        assertNone(byPartition.onlySnapshot().run(), "without the table");
    }

    @Test
    void changesCarryTheNameOfAPartitionedTableOnlyIfThatIsPublished() throws SQLException {
        // Given
        database.execute(
                "CREATE TABLE log (at int PRIMARY KEY) PARTITION BY RANGE (at)",
                "CREATE TABLE log_1 PARTITION OF log FOR VALUES FROM (0) TO (10)",
                "CREATE PUBLICATION pub FOR TABLE log_1 WITH (publish_via_partition_root = true)");
        var request = Requests.on(database.target("postgres")).capturing("public.log");

        // Then
        assertThat(request.preparations()).containsExactly("ALTER PUBLICATION pub ADD TABLE public.log");
        assertOne(request.publication(PublicationMode.DISABLED).run(), "Publication pub lacks public.log")
                .is(Severity.ERROR, "publication.name")
                .says("would not be captured")
                .fixedBy("ALTER PUBLICATION pub ADD TABLE public.log");
        assertThat(Requests.on(database.target("postgres"))
                        .capturing("public.log.*")
                        .preparations())
                .as("the name of each partition is captured")
                .isEmpty();

        // When
        database.execute("DROP TABLE log_1");

        // Then
        assertThat(request.preparations())
                .as("no partition yet")
                .containsExactly("ALTER PUBLICATION pub ADD TABLE public.log");
    }

    @Test
    void theNameOfThePartitionedTableRequiresThatItIsPublished() {
        // Given
        database.execute(
                "CREATE TABLE log (at int PRIMARY KEY) PARTITION BY RANGE (at)",
                "CREATE TABLE log_1 PARTITION OF log FOR VALUES FROM (0) TO (10)",
                "CREATE PUBLICATION pub FOR TABLE log_1");
        var request =
                Requests.on(database.target("app")).capturing("public.log").publication(PublicationMode.DISABLED);

        // When
        var found = assertOne(request.run(), "partitions that are not captured: public.log")
                .is(Severity.ERROR, "table.include.list")
                .fixedBy(
                        "ALTER PUBLICATION pub ADD TABLE public.log",
                        "ALTER PUBLICATION pub SET (publish_via_partition_root = true)");
        database.execute(found.statements());

        // Then
        assertThat(request.run()).isEmpty();
    }

    @Test
    void recognizesAPartitionedTableByItsPartitions() {
        // Given
        database.execute(
                "CREATE TABLE log (at int PRIMARY KEY) PARTITION BY RANGE (at)",
                "CREATE TABLE log_1 PARTITION OF log FOR VALUES FROM (0) TO (10)",
                "CREATE PUBLICATION pub FOR TABLE log");

        // When
        var findings = Requests.on(database.target("app"))
                .capturing("public.log", "public.log_1")
                .run();

        // Then
        assertNone(findings, "lacks");
    }
}
