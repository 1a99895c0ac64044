// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.postgres.ConnectionTarget;
import dev.tributary.preflight.Finding.Severity;
import java.io.IOException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Map;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Failures that a server on loopback cannot produce. */
class ConnectionFailureTest {

    private final ConnectionTarget target =
            new ConnectionTarget("db.example", 5432, "shop", "app", "hush-hush", Map.of("sslmode", "verify-full"));

    static Arguments[] failures() {
        return new Arguments[] {
            Arguments.of(new SQLException("x", "08001", new NoRouteToHostException()), "database.hostname", "no route"),
            Arguments.of(
                    new SQLException("x", "08001", new SocketTimeoutException()),
                    "database.hostname",
                    "did not answer"),
            Arguments.of(new SQLException("x", "08001"), "database.hostname", "did not answer within 5 s"),
            Arguments.of(new SQLException("Invalid sslmode value: x", "08001"), "database.sslmode", "sslmode value: x"),
            Arguments.of(new SQLException("x.", "08006", new IOException()), "database.hostname", "failed: x. The"),
            Arguments.of(
                    new SQLException("x", "08006", new SSLHandshakeException("PKIX")),
                    "database.sslmode",
                    "verify-full"),
            Arguments.of(new SQLException("starting up", "57P03"), "database.hostname", "wait until it has started")
        };
    }

    @ParameterizedTest
    @MethodSource("failures")
    void reportsTheFailureOnTheOptionToCheck(SQLException failure, String option, String text) {
        // When
        var finding = new ConnectionFailure(target, failure).finding();

        // Then
        assertThat(finding.severity()).isEqualTo(Severity.ERROR);
        assertThat(finding.option()).isEqualTo(option);
        assertThat(finding.message()).contains(text).doesNotContain("hush-hush", "Exception");
    }

    @Test
    void unwrapsTheExceptionOfThePool() {
        // Given
        var wrapped = new SQLTransientConnectionException("pool", "08001", new SQLException("no", "28P01"));

        // When
        var finding = new ConnectionFailure(target, wrapped).finding();

        // Then
        assertThat(finding.option()).isEqualTo("database.password");
    }

    @ParameterizedTest
    @CsvSource({"57014, canceled", "42501, permission denied for view pg_roles"})
    void warnsAboutACatalogThatCannotBeRead(String state, String reason) {
        // When
        var finding = new ConnectionFailure(target, new SQLException(reason, state)).finding();

        // Then
        assertThat(finding.severity()).isEqualTo(Severity.WARNING);
    }
}
