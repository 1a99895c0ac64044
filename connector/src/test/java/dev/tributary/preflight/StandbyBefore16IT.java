// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import static dev.tributary.preflight.FindingAssert.assertOne;

import dev.tributary.postgres.PostgresServer;
import dev.tributary.preflight.Finding.Severity;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandbyBefore16IT {

    @Test
    void refersToThePrimary(@TempDir Path data) throws IOException {
        // Given
        try (var standby = PostgresServer.startStandby(15, data.resolve("data"))) {

            // When
            var findings = Requests.on(standby.target()).run();

            // Then
            assertOne(findings, "is a standby of version 15")
                    .is(Severity.ERROR, "database.hostname")
                    .says("set database.hostname to the primary");
        }
    }
}
