// SPDX-License-Identifier: Apache-2.0
package dev.tributary.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tributary.sandbox.ConnectRestException;
import dev.tributary.sandbox.PostgresServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A mistake in the configuration or the database is reported on the option to look at. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusedConfigurationIT {

    private static final String PASSWORD = Secrets.newFor("the roles app, reader and blind");

    private final Servers servers = Servers.shared();
    private PostgresServer strict = servers.postgres();
    private TestDatabase database = new TestDatabase(strict, "none");

    @BeforeAll
    void aDatabaseWithRolesThatLackSomething() throws SQLException {
        strict = servers.newPostgres().passwordRoles("app", "reader", "blind").start();
        database = Servers.database(strict);
        database.execute(
                "CREATE ROLE app LOGIN REPLICATION PASSWORD '" + PASSWORD + "'",
                "CREATE ROLE reader LOGIN PASSWORD '" + PASSWORD + "'",
                "CREATE ROLE blind LOGIN REPLICATION PASSWORD '" + PASSWORD + "'",
                "CREATE TABLE orders (id int PRIMARY KEY)",
                "CREATE TABLE customers (id int PRIMARY KEY)",
                "GRANT SELECT ON ALL TABLES IN SCHEMA public TO app, reader",
                "CREATE PUBLICATION ready FOR TABLE orders, customers");
    }

    @AfterAll
    void stop() {
        strict.stop();
    }

    @Test
    void aValidConfigurationIsAccepted() {
        assertThat(errors(connector())).isEmpty();
    }

    @Test
    void allMissingWrongAndMistypedOptionsAreReportedAtOnce() {
        // Given
        TestConnector connector = connector()
                .with("snapshot.mode", "sometimes")
                .with("database.port", "five")
                .with("tombstones.on.delete", "perhaps")
                .with("plugin.name", "decoderbufs")
                .without("database.dbname");

        // When
        ConnectRestException refused = catchThrowableOfType(ConnectRestException.class, connector::put);

        // Then
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused)
                .hasMessageContaining("5 error(s)")
                .hasMessageContaining("snapshot.mode: value must be one of")
                .hasMessageContaining("Invalid value five for configuration database.port")
                .hasMessageContaining("Invalid value perhaps for configuration tombstones.on.delete")
                .hasMessageContaining("plugin.name: is 'decoderbufs', but only pgoutput is supported")
                .hasMessageContaining("database.dbname: a value is required");
        assertThat(errors(connector))
                .containsOnlyKeys(
                        "snapshot.mode", "database.port", "tombstones.on.delete", "plugin.name", "database.dbname");
    }

    @Test
    void aMisspelledOptionIsAWarningWithTheNearestName() throws IOException {
        // Given
        TestConnector connector = connector().with("snapshot.mod", "never");

        // When
        assertThat(errors(connector)).isEmpty();

        // Then
        assertThat(workerLog())
                .contains("Option snapshot.mod is unknown and has no effect. Did you mean snapshot.mode?");
    }

    @Test
    void aWrongPasswordIsReportedOnThePassword() {
        // Given
        String wrong = Secrets.newFor("a wrong password");

        // Then
        assertThat(errors(connector().with("database.password", wrong)))
                .hasEntrySatisfying(
                        "database.password",
                        messages -> assertThat(messages)
                                .singleElement()
                                .asString()
                                .contains("does not accept the password for role app")
                                .doesNotContain(wrong, "\tat "))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "database.password, ${vault:shop:password}, config provider 'vault'",
        "database.hostname, ${env:SHOP_HOST}, config provider 'env'",
        "driver.sslpassword, ${vault:shop:key}, config provider 'vault'",
        "producer.override.ssl.key.password, ${vault:kafka:key}, config provider 'vault'",
    })
    void aReferenceToAConfigProviderThatTheWorkerDoesNotHaveIsReportedOnItsOption(
            String option, String value, String whose) {
        // Given
        TestConnector connector = connector().with(option, value);

        // When
        ConnectRestException refused = catchThrowableOfType(ConnectRestException.class, connector::put);

        // Then
        assertThat(refused.status()).isEqualTo(400);
        assertThat(errors(connector))
                .containsOnlyKeys(option)
                .hasEntrySatisfying(
                        option,
                        messages -> assertThat(messages.get(0))
                                .contains("unresolved placeholder " + value, "is the " + whose + " set up"));
    }

    @Test
    void aReferenceToAKeyThatTheConfigProviderDoesNotKnowIsReportedOnItsOption(@TempDir Path directory)
            throws IOException {
        // Given
        Path file = Files.writeString(directory.resolve("shop.properties"), "other=value\n");

        // Then
        assertThat(errors(connector().with("database.password", "${file:" + file + ":password}")))
                .containsOnlyKeys("database.password")
                .hasEntrySatisfying(
                        "database.password",
                        messages -> assertThat(messages.toString())
                                .contains("unresolved placeholder ${file:", "does it know the key?"));
    }

    @Test
    void anUnknownRoleIsReportedOnTheUser() {
        // Postgres does not say whether the role does not exist or the password is wrong.
        assertThat(errors(connector().with("database.user", "nobody_of_that_name")))
                .containsOnlyKeys("database.user")
                .hasEntrySatisfying(
                        "database.user",
                        messages -> assertThat(messages.toString()).contains("nobody_of_that_name", "CREATE ROLE"));
    }

    @Test
    void anUnknownHostIsReportedOnTheHost() {
        assertThat(errors(connector().with("database.hostname", "no-such-host.invalid")))
                .hasEntrySatisfying(
                        "database.hostname",
                        messages -> assertThat(messages.toString())
                                .contains("no-such-host.invalid")
                                .doesNotContain("\tat "))
                .hasSize(1);
    }

    @Test
    void aPortWhereNothingListensIsReportedOnThePort() {
        assertThat(errors(connector().with("database.port", "1")))
                .hasEntrySatisfying(
                        "database.port",
                        messages -> assertThat(messages.toString()).contains("No server is listening on 127.0.0.1:1"))
                .hasSize(1);
    }

    @Test
    void anUnknownDatabaseIsReportedOnTheDatabase() {
        assertThat(errors(connector().with("database.dbname", "shopp")))
                .hasEntrySatisfying(
                        "database.dbname",
                        messages -> assertThat(messages.toString()).contains("There is no database shopp"))
                .hasSize(1);
    }

    @Test
    void tlsThatTheServerDoesNotOfferIsReportedOnTheSslMode() {
        assertThat(errors(connector().with("database.sslmode", "require")))
                .hasEntrySatisfying(
                        "database.sslmode",
                        messages -> assertThat(messages.toString()).contains("TLS", "require"))
                .hasSize(1);
    }

    @Test
    void aWalLevelThatIsTooLowIsReportedOnTheHostWithTheRestartItNeeds() throws SQLException {
        // Given
        PostgresServer replica =
                servers.newPostgres().setting("wal_level", "replica").start();
        try {
            TestDatabase other = Servers.database(replica);
            other.execute("CREATE TABLE orders (id int PRIMARY KEY)");

            // Then
            assertThat(errors(new TestConnector(servers.rest(), other).tables("public.orders")))
                    .hasEntrySatisfying(
                            "database.hostname",
                            messages -> assertThat(messages.toString())
                                    .contains(
                                            "wal_level",
                                            "replica",
                                            "ALTER SYSTEM SET wal_level = 'logical'",
                                            "restart"));
        } finally {
            replica.stop();
        }
    }

    @Test
    void aTableListThatMatchesNothingIsReportedWithTheNearestNames() {
        assertThat(errors(connector().tables("public.order,publc.customers")))
                .hasEntrySatisfying(
                        "table.include.list",
                        messages -> assertThat(messages.toString())
                                .contains("'public.order' matches no table", "did you mean public.orders?")
                                .contains("'publc.customers' matches no table", "did you mean public.customers?"));
    }

    @Test
    void aRoleWithoutReplicationGetsTheStatementThatGrantsIt() throws SQLException {
        // Given
        TestConnector connector = connector().with("database.user", "reader");

        // Then
        assertThat(errors(connector))
                .hasEntrySatisfying(
                        "database.user",
                        messages -> assertThat(messages.toString()).contains("ALTER ROLE reader REPLICATION"));

        // When
        database.execute("ALTER ROLE reader REPLICATION");

        // Then
        assertThat(errors(connector)).isEmpty();
    }

    @Test
    void aRoleThatMayNotReadATableGetsTheStatementThatGrantsIt() throws SQLException {
        // Given
        TestConnector connector = connector().with("database.user", "blind");

        // Then
        Map<String, List<String>> errors = errors(connector);
        assertThat(errors.toString())
                .contains("not allowed to read public.orders", "GRANT SELECT ON public.orders TO blind");

        // When
        database.execute("GRANT SELECT ON public.orders TO blind");

        // Then
        assertThat(errors(connector)).isEmpty();
    }

    @Test
    void aRoleThatMayNotCreateThePublicationGetsTheStatementThatCreatesIt() {
        assertThat(errors(connector().with("publication.name", "missing")))
                .hasEntrySatisfying(
                        "publication.name",
                        messages -> assertThat(messages.toString())
                                .contains(
                                        "There is no publication missing",
                                        "CREATE PUBLICATION missing FOR TABLE public.orders"));
    }

    /** A connector with a valid configuration. */
    private TestConnector connector() {
        return new TestConnector(servers.rest(), database)
                .with("database.user", "app")
                .with("database.password", PASSWORD)
                .with("publication.name", "ready")
                .tables("public.orders");
    }

    /** The errors that REST's validate reports, by option. */
    private Map<String, List<String>> errors(TestConnector connector) {
        Map<String, List<String>> errors = new LinkedHashMap<>();
        JsonNode answer = servers.rest().validate(TestConnector.OURS, connector.config());
        for (JsonNode option : answer.path("configs")) {
            List<String> messages = new ArrayList<>();
            option.path("value").path("errors").forEach(error -> messages.add(error.asText()));
            if (!messages.isEmpty()) {
                errors.put(option.path("value").path("name").asText(), messages);
            }
        }
        return errors;
    }

    private String workerLog() throws IOException {
        return Files.readString(servers.worker().logFile(), StandardCharsets.UTF_8);
    }
}
