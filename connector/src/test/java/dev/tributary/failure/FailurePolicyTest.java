// SPDX-License-Identifier: Apache-2.0
package dev.tributary.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.failure.Failure.Fatal;
import dev.tributary.failure.Failure.Retriable;
import io.debezium.DebeziumException;
import java.io.EOFException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLHandshakeException;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailurePolicyTest {

    private final FailurePolicy policy = new FailurePolicy("db:5432", "orders", Optional.empty());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "08000", "08001", "08003", "08006", "57P01", "57P02", "57P03", "57P05", "25P03", "25P04", "55P03",
                "40P01", "40001", "55006", "53300", "25006"
            })
    void whatPassesByItselfIsWaitedFor(String state) {
        // When
        Failure failure = policy.of(new ConnectException(new DebeziumException(new SQLException("reason", state))));

        // Then
        assertThat(failure).isInstanceOf(Retriable.class);
        assertThat(failure.what()).contains("reason");
    }

    @ParameterizedTest
    @ValueSource(strings = {"28P01", "28000", "3D000", "42501", "42704", "55000", "58P01", "22P02", "XX000"})
    void whatNeedsAPersonIsNot(String state) {
        // When
        Failure failure = policy.of(new ConnectException(new SQLException("reason", state)));

        // Then
        assertThat(failure)
                .isInstanceOfSatisfying(
                        Fatal.class, fatal -> assertThat(fatal.message()).contains("reason", state));
    }

    @Test
    void aPoolerThatRefusesReplicationIsNotWaitedFor() {
        assertThat(policy.of(new SQLException("FATAL: unsupported startup parameter: replication", "08P01")))
                .isInstanceOf(Fatal.class);
    }

    @Test
    void aBrokenConnectionIsWaitedFor() {
        assertThat(policy.of(new DebeziumException(new EOFException()))).isInstanceOf(Retriable.class);
        assertThat(policy.of(new DebeziumException(new SQLTransientConnectionException("timed out"))))
                .isInstanceOf(Retriable.class);
        assertThat(policy.of(new UnknownHostException("db")))
                .isInstanceOfSatisfying(
                        Retriable.class,
                        retriable ->
                                assertThat(retriable.waitingFor()).isEqualTo("Postgres at db:5432 to be reachable"));
    }

    @Test
    void theReasonOfABrokenConnectionIsNamed() {
        // When
        Failure failure = policy.of(new SQLException(
                "The connection attempt failed.",
                "08001",
                new SSLHandshakeException("Received fatal alert: certificate_expired")));

        // Then
        assertThat(failure.what())
                .endsWith("The connection attempt failed (SSLHandshakeException: Received fatal alert:"
                        + " certificate_expired).");
    }

    @Test
    void whatTheConfigurationDeclaresToPassIsWaitedFor() {
        // Given
        FailurePolicy declared = new FailurePolicy("db:5432", "orders", Optional.of(Pattern.compile(".*moon.*")));

        // Then
        assertThat(declared.of(new ConnectException(new IllegalStateException("the moon is full"))))
                .isInstanceOf(Retriable.class);
        assertThat(declared.of(new IllegalStateException("the sun shines"))).isInstanceOf(Fatal.class);
    }

    @Test
    void aTimeoutThatEndsASessionIsNamed() {
        // When
        Failure failure = policy.of(new ConnectException(
                new SQLException("FATAL: terminating connection due to transaction timeout", "25P04")));

        // Then
        assertThat(failure.kind()).isEqualTo(Failure.Kind.SESSION_TIMEOUT);
        assertThat(failure.what()).contains("transaction timeout", "database.initial.statements");
    }

    @Test
    void aServerWithoutAFreeSlotIsWaitedForUnlikeOtherLimits() {
        // When
        Failure noSlot = policy.of(new SQLException("all replication slots are in use", "53400"));
        Failure noRoom = policy.of(new SQLException("temporary file size exceeds \"temp_file_limit\"", "53400"));

        // Then
        assertThat(noSlot).isInstanceOf(Retriable.class);
        assertThat(noSlot.kind()).isEqualTo(Failure.Kind.NO_FREE_SLOT);
        assertThat(noRoom).isInstanceOf(Fatal.class);
    }

    @Test
    void aSlotInUseIsNamed() {
        assertThat(policy.of(new SQLException("replication slot \"orders\" is active for PID 7", "55006"))
                        .what())
                .contains("orders", "PID 7");
    }

    @Test
    void aValueThatCannotBeConvertedIsNamedByColumnAndPositionOnly() {
        // Given
        Throwable thrown = new ConnectException(
                "Error while processing event at offset {txId=7, lsn=4294967338, ts_usec=1}",
                new DebeziumException(
                        "Failed to properly convert data value for 'shop.orders.total' of type numeric",
                        new IllegalArgumentException("secret-4711")));

        // When
        Failure failure = policy.of(thrown);

        // Then
        assertThat(failure)
                .isInstanceOfSatisfying(
                        Fatal.class,
                        fatal -> assertThat(fatal.message())
                                .contains("shop.orders.total", "1/2A", "event.converting.failure.handling.mode")
                                .doesNotContain("secret"));
    }

    @Test
    void anUnforeseenErrorStopsCapturingAndSaysWhereTheDetailsAre() {
        assertThat(policy.of(new IllegalStateException("surprise")))
                .isInstanceOfSatisfying(
                        Fatal.class, fatal -> assertThat(fatal.message()).contains("surprise", "log of the worker"));
    }

    @Test
    void traceOfAConversionShowsTypesAndFramesButNoValue() {
        // Given
        Throwable thrown = new ConnectException(
                "Error while processing event",
                new DebeziumException(
                        "Failed to properly convert data value for 'a.b.c' of type x",
                        new IllegalArgumentException("secret-4711")));

        // When
        Throwable shown = Traces.withoutContent(thrown);

        // Then
        assertThat(shown).hasStackTraceContaining("IllegalArgumentException");
        assertThat(org.assertj.core.util.Throwables.getStackTrace(shown)).doesNotContain("secret");
    }
}
