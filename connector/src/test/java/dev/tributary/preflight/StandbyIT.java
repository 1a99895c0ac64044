// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import static dev.tributary.preflight.FindingAssert.assertNone;
import static dev.tributary.preflight.FindingAssert.assertOne;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.config.ChosenIdentity;
import dev.tributary.config.ChosenIdentity.Kind;
import dev.tributary.postgres.PostgresServer;
import dev.tributary.preflight.Finding.Severity;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandbyIT {

    @TempDir
    private static Path data;

    private static PostgresServer standby;

    @BeforeAll
    static void start() throws IOException {
        standby = PostgresServer.startStandby(18, data.resolve("data"), "CREATE TABLE orders (id int PRIMARY KEY)");
    }

    @AfterAll
    static void stop() {
        standby.close();
    }

    @Test
    void saysWhatAStandbyLacksAndHowToPrepareIt() {
        // Given
        var request = Requests.on(standby.target());

        // When
        var findings = request.run();

        // Then
        assertOne(findings, "the server is a standby")
                .is(Severity.ERROR, "publication.name")
                .says("on the primary")
                .fixedBy("CREATE PUBLICATION pub FOR TABLE public.orders");
        var found = assertOne(findings, "hot_standby_feedback = off")
                .is(Severity.WARNING, "database.hostname")
                .fixedBy("ALTER SYSTEM SET hot_standby_feedback = on", "SELECT pg_reload_conf()");
        standby.execute(found.statements());
        Awaitility.await().untilAsserted(() -> assertNone(request.run(), "hot_standby_feedback"));
        assertOne(request.run(), "does not exist yet")
                .is(Severity.INFO, "database.hostname")
                .says("SELECT pg_log_standby_snapshot()");
    }

    @Test
    void saysThatAnIdentityCannotBeSetOnAStandby() throws SQLException {
        // Given
        var request = Requests.on(standby.target()).choosing(new ChosenIdentity(Kind.FULL, ""));

        // Then
        assertOne(request.run(), "cannot be given")
                .is(Severity.WARNING, "replica.identity.autoset.values")
                .says("public.orders (FULL: the server is a standby; it can be set on the primary)");
        assertThat(request.preparations()).isEmpty();
    }
}
