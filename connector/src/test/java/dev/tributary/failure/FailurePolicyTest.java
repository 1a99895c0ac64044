// SPDX-License-Identifier: Apache-2.0
package dev.tributary.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.tributary.failure.Failure.Fatal;
import dev.tributary.failure.Failure.Retriable;
import dev.tributary.postgres.LoginPassword;
import io.debezium.DebeziumException;
import java.io.EOFException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.apache.kafka.connect.errors.ConnectException;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.plugin.AuthenticationRequestType;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

class FailurePolicyTest {

    private final FailurePolicy policy = new FailurePolicy("db:5432", "orders", "ours", Optional.empty(), false);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "08000", "08001", "08003", "08006", "57P01", "57P02", "57P03", "57P05", "25P03", "25P04", "55P03",
                "40P01", "40001", "55006", "53000", "53100", "53200", "53300", "25006"
            })
    void whatPassesByItselfIsWaitedFor(String state) {
        // When
        Failure failure = policy.of(new ConnectException(new DebeziumException(new SQLException("reason", state))));

        // Then
        assertThat(failure).isInstanceOf(Retriable.class);
        assertThat(failure.what()).contains("reason");
    }

    @ParameterizedTest
    @ValueSource(strings = {"28P01", "28000", "3D000", "42501", "42704", "55000", "53400", "58030", "58P01", "XX000"})
    void whatNeedsAPersonIsNot(String state) {
        // When
        Failure failure = policy.of(new ConnectException(new SQLException("reason", state)));

        // Then
        assertThat(failure)
                .isInstanceOfSatisfying(
                        Fatal.class, fatal -> assertThat(fatal.message()).contains("reason", state));
    }

    @ParameterizedTest
    @ValueSource(strings = {"28P01", "28000"})
    void aRefusedLoginIsWaitedOutIfThePasswordCanChange(String state) {
        // Given
        SQLException refused = new SQLException("password authentication failed", state);
        FailurePolicy changing = new FailurePolicy("db:5432", "orders", "ours", Optional.empty(), true);

        // Then
        assertThat(changing.of(refused)).isInstanceOf(Failure.Retriable.class);
        assertThat(changing.of(refused).kind()).isEqualTo(Failure.Kind.LOGIN_REFUSED);
        assertThat(policy.of(refused)).isInstanceOf(Failure.Fatal.class);
    }

    /** By pg_hba.conf, or because there is no such role: another password does not help. */
    @Test
    void aLoginThatIsRefusedForAnotherReasonIsNotWaitedOut() {
        FailurePolicy changing = new FailurePolicy("db:5432", "orders", "ours", Optional.empty(), true);

        for (String routine : List.of("ClientAuthentication", "InitializeSessionUserId")) {
            assertThat(changing.of(new PSQLException(
                            new ServerErrorMessage("SFATAL\0VFATAL\0C28000\0Mno entry\0R" + routine + "\0"))))
                    .isInstanceOf(Failure.Fatal.class);
        }
        assertThat(changing.of(new PSQLException(
                        new ServerErrorMessage("SFATAL\0VFATAL\0C28000\0MPAM failed\0Rauth_failed\0"))))
                .isInstanceOf(Failure.Retriable.class);
    }

    @Test
    void aPasswordThatIsMissingIsWaitedFor() {
        // Given
        Properties properties = new Properties();
        properties.setProperty(LoginPassword.FILE, "/nowhere");

        // When
        Throwable missing =
                catchThrowable(() -> new LoginPassword(properties).getPassword(AuthenticationRequestType.SASL));

        // Then
        assertThat(policy.of(new DebeziumException(missing)))
                .isInstanceOfSatisfying(
                        Retriable.class,
                        retriable -> assertThat(retriable.what())
                                .startsWith(
                                        "The login to Postgres at db:5432 failed: There is no password file /nowhere"))
                .extracting(Failure::kind)
                .isEqualTo(Failure.Kind.LOGIN_REFUSED);
    }

    @Test
    void aPublicationThatWasCreatedAgainIsNoStatementThatWasRefused() {
        // When
        Failure failure = policy.of(new SQLException("ERROR: Publikation »ours« existiert nicht", "42704"));
        Failure quoted = policy.of(new SQLException("ERROR: publication \"ours\" does not exist", "42704"));
        Failure other = policy.of(new SQLException("ERROR: publication \"theirs\" does not exist", "42704"));

        // Then
        assertThat(failure.kind()).isEqualTo(Failure.Kind.PUBLICATION_MISSING);
        assertThat(quoted)
                .isInstanceOfSatisfying(
                        Fatal.class,
                        fatal -> assertThat(fatal.message())
                                .contains("publication ours", "SELECT pg_drop_replication_slot('orders')"));
        assertThat(other.kind()).isEqualTo(Failure.Kind.REFUSED);
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
        FailurePolicy declared =
                new FailurePolicy("db:5432", "orders", "ours", Optional.of(Pattern.compile(".*moon.*")), false);

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
        Failure inGerman = policy.of(new PSQLException(new ServerErrorMessage(
                "SFEHLER\0VERROR\0C53400\0Malle Replikations-Slots sind in Benutzung\0RReplicationSlotCreate\0")));
        Failure noRoom = policy.of(new SQLException("temporary file size exceeds \"temp_file_limit\"", "53400"));

        // Then
        assertThat(noSlot).isInstanceOf(Retriable.class);
        assertThat(noSlot.kind()).isEqualTo(Failure.Kind.NO_FREE_SLOT);
        assertThat(inGerman.kind()).isEqualTo(Failure.Kind.NO_FREE_SLOT);
        assertThat(noRoom).isInstanceOf(Fatal.class);
    }

    /** The checks of the next attempt report it, with the positions, or begin a new snapshot. */
    @Test
    void aSlotThatIsGoneIsLeftToTheChecks() {
        for (SQLException gone : List.of(
                new SQLException("replication slot \"orders\" does not exist", "42704"),
                new SQLException("Replikations-Slot »orders« existiert nicht", "42704"),
                new SQLException("le slot de réplication « orders » n'existe pas", "42704"),
                new SQLException("can no longer access replication slot \"orders\"", "55000"))) {
            Failure failure = policy.of(gone);
            assertThat(failure).isInstanceOf(Retriable.class);
            assertThat(failure.kind()).isEqualTo(Failure.Kind.SLOT_GONE);
            assertThat(failure.what()).contains("orders");
        }
        assertThat(policy.of(new SQLException("publication \"orders_all\" does not exist", "42704")))
                .isInstanceOf(Fatal.class);
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

    /** In the language of {@code lc_messages}. */
    static Stream<Arguments> quotingMessages() {
        return Stream.of(
                arguments("22P02", "invalid input syntax for type bigint: \"secret-4711\""),
                arguments("22P02", "ungültige Eingabesyntax für Typ bigint: »secret-4711«"),
                arguments("22003", "Wert »secret-4711« ist außerhalb des gültigen Bereichs für Typ integer"),
                arguments("23505", "doppelter Schlüsselwert »secret-4711« verletzt Unique-Constraint"),
                arguments("44000", "neue Zeile »secret-4711« verletzt Check-Option"),
                arguments("P0001", "Kunde secret-4711 ist gesperrt"));
    }

    @ParameterizedTest
    @MethodSource("quotingMessages")
    void aMessageThatMayQuoteARowIsNotShown(String state, String message) {
        // Given
        Throwable fromServer = new ConnectException(new RowReadException(
                "shop.customers",
                new PSQLException(new ServerErrorMessage("SERROR\0C" + state + "\0M" + message
                        + "\0DDetail: secret-4711\0sshop\0tlogins\0nlogins_pkey\0"))));
        Throwable fromDriver = new ConnectException(new SQLException(message, state));

        for (Throwable thrown : List.of(fromServer, fromDriver)) {
            // When
            Failure failure = policy.of(thrown);
            String trace = Throwables.getStackTrace(Traces.withoutContent(thrown));

            // Then
            assertThat(failure)
                    .isInstanceOfSatisfying(
                            Fatal.class,
                            fatal -> assertThat(fatal.message())
                                    .contains("SQLSTATE " + state)
                                    .doesNotContain("secret"));
            assertThat(trace).contains("SQLException").doesNotContain("secret");
        }
        assertThat(policy.of(fromServer).what())
                .contains("rows of shop.customers", "table shop.logins", "constraint logins_pkey", "log of the server");
    }

    /** Where the server found the error does not depend on {@code lc_messages}. */
    @ParameterizedTest
    @CsvSource({
        "guc.c, parse_and_validate_value, 'ungültiger Wert für Parameter »work_mem«: »64 MBs«'",
        "guc_funcs.c, ExecSetVariableStmt, 'SET work_mem takes only one argument: 64 MBs'",
        "pgoutput.c, parse_output_parameters, 'unrecognized origin value: 64 MBs'"
    })
    void aValueOfASettingIsShown(String file, String routine, String message) {
        // Given
        Throwable thrown = new ConnectException(new PSQLException(
                new ServerErrorMessage("SERROR\0C22023\0M" + message + "\0F" + file + "\0R" + routine + "\0")));

        // When
        Failure failure = policy.of(thrown);

        // Then
        assertThat(failure)
                .isInstanceOfSatisfying(
                        Fatal.class,
                        fatal -> assertThat(fatal.message())
                                .contains("SQLSTATE 22023", "64 MBs", "database.initial.statements"));
    }

    @Test
    void anotherInvalidParameterMayBeAValueOfARow() {
        // Given
        Throwable thrown = new ConnectException(new PSQLException(new ServerErrorMessage(
                "SERROR\0C22023\0Munit \"secret-4711\" not recognized\0Ftimestamp.c\0Rtimestamp_trunc\0")));

        // Then
        assertThat(policy.of(thrown).what()).contains("SQLSTATE 22023").doesNotContain("secret");
        assertThat(Throwables.getStackTrace(Traces.withoutContent(thrown))).doesNotContain("secret");
    }

    @Test
    void aTextThatIsNoNumberIsNotShown() {
        // Given
        Throwable thrown = new NumberFormatException("For input string: \"4711\"");

        // Then
        assertThat(policy.of(thrown).what()).contains("NumberFormatException").doesNotContain("4711");
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
        assertThat(Throwables.getStackTrace(shown)).doesNotContain("secret");
    }
}
