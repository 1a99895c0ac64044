// SPDX-License-Identifier: Apache-2.0
package dev.tributary.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.postgres.LoginPassword;
import io.debezium.config.Configuration;
import io.debezium.connector.postgresql.PostgresConnectorConfig;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValidationTest {

    private final Map<String, String> config = new HashMap<>(Map.of(
            "connector.class", "dev.tributary.PostgresSourceConnector",
            "database.hostname", "db",
            "database.port", "5432",
            "database.user", "tributary",
            "database.password", "secret",
            "database.dbname", "shop",
            "topic.prefix", "shop",
            "table.include.list", "shop.orders"));

    @Test
    void theMinimalConfigurationIsClean() {
        assertThat(Validation.of(config).errors()).isEmpty();
        assertThat(Validation.of(config).isValid()).isTrue();
    }

    @Test
    void everyMissingOptionIsNamedAtOnce() {
        // Given
        config.keySet().removeAll(java.util.Set.of("database.hostname", "database.user", "topic.prefix"));

        // When
        Validation validation = Validation.of(config);

        // Then
        assertThat(validation.errors())
                .containsExactlyInAnyOrder(
                        "database.hostname: a value is required",
                        "database.user: a value is required",
                        "topic.prefix: a value is required");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "database.password",
                "driver.authenticationPluginClassName",
                "database.authenticationPluginClassName"
            })
    void onlyOneOptionGivesThePassword(String other) {
        // Given
        config.remove("database.password");
        config.put("database.password.file", "/mnt/password");
        assertThat(Validation.of(config).errors()).isEmpty();

        // When
        config.put(other, "another");

        // Then
        assertThat(Validation.of(config).errors())
                .singleElement()
                .asString()
                .startsWith("database.password.file: ")
                .contains(other);
    }

    @Test
    void aPasswordFileIsReadByTheDriver() {
        // Given
        config.remove("database.password");
        config.put("database.password.file", "/mnt/password");

        // When
        ConnectorConfig complete = ConnectorConfig.of(config);

        // Then
        assertThat(complete.driverProperties())
                .containsEntry("authenticationPluginClassName", LoginPassword.class.getName())
                .containsEntry(LoginPassword.FILE, "/mnt/password");
        assertThat(Credentials.canChange(complete)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"driver", "database"})
    void aClassOfTheUserIsAskedByOurs(String prefix) {
        // Given
        config.put(prefix + ".authenticationPluginClassName", "com.example.Token");

        // When
        ConnectorConfig complete = ConnectorConfig.of(config);

        // Then
        assertThat(complete.driverProperties())
                .containsEntry("authenticationPluginClassName", LoginPassword.class.getName())
                .containsEntry(LoginPassword.CLASS, "com.example.Token");
        assertThat(complete.properties()).doesNotContainKey("database.authenticationPluginClassName");
        assertThat(Credentials.canChange(complete)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "database.port, abc, Not a number of type INT",
        "snapshot.mode, sometimes, must be one of",
        "tombstones.on.delete, perhaps, Expected value to be either true or false",
        "max.batch.size, -5, A positive",
        "slot.name, Ändern, only digits",
        "record.timestamp, yesterday, commit",
        "transaction.group.max.ms, 0, must be 1 or higher",
        "transaction.group.max.ms, 60000, 'is 60000, but the producer''s transactions expire after 60000 ms'",
        "transaction.group.max.bytes, many, Not a number of type LONG",
        "transaction.max.bytes, -1, must be 1 or higher",
        "transaction.oversize, hope, must be one of",
        "table.include.list, '(', regular expressions",
        "column.exclude.list, '(', regular expressions",
        "column.mask.with.5.chars, 'a.b.c,a.(', is not a regular expression",
        "column.truncate.to.5.chars, '[', is not a regular expression",
        "message.key.columns, 'a.(:id', is not a regular expression",
    })
    void aWrongValueIsNamedWithItsOption(String option, String value, String reason) {
        // Given
        config.put(option, value);

        // When
        Validation validation = Validation.of(config);

        // Then
        assertThat(validation.errors())
                .singleElement()
                .asString()
                .contains(option)
                .containsIgnoringCase(reason);
    }

    @Test
    void anotherDecodingPluginIsRefusedWithTheFix() {
        // Given
        config.put("plugin.name", "decoderbufs");

        // When
        Validation validation = Validation.of(config);

        // Then
        assertThat(validation.errors())
                .singleElement()
                .asString()
                .startsWith("plugin.name: ")
                .contains("'decoderbufs'", "only pgoutput", "Remove plugin.name");
    }

    @ParameterizedTest
    @CsvSource({
        "database.password, ${vault:secret/shop:password}, config provider 'vault'",
        "database.password, ${file:/run/secrets/shop.properties:password}, config provider 'file'",
        "database.password, ${SHOP_PASSWORD}, tool that replaces it",
        "database.hostname, db-${env:STAGE}.example.org, config provider 'env'",
        "database.port, ${env:PGPORT}, config provider 'env'",
        "record.timestamp, ${env:STAMP}, config provider 'env'",
        "driver.sslpassword, ${dir:/run/secrets:key}, config provider 'dir'",
        "value.converter.basic.auth.user.info, ${vault:registry:user}, config provider 'vault'",
        "producer.override.sasl.jaas.config, x${vault:kafka:jaas}y, config provider 'vault'",
    })
    void aReferenceThatNoProviderHasReplacedIsRefusedAsTheOnlyError(String option, String value, String whose) {
        // Given
        config.put(option, value);

        // When
        Validation validation = Validation.of(config);

        // Then
        assertThat(validation.errors())
                .singleElement()
                .asString()
                .startsWith(option + ": unresolved placeholder ${")
                .contains("is the " + whose + " set up", "config.providers");
    }

    @Test
    void debeziumTakesAReferenceAsThePassword() {
        // Given
        config.put("database.password", "${vault:shop:password}");

        // Then
        assertThat(Validation.of(config).isValid()).isFalse();
        assertThat(Configuration.from(config)
                        .validate(PostgresConnectorConfig.ALL_FIELDS, (field, value, problem) -> {}))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "transforms.outbox.route.topic.replacement, shop.${routedByValue}",
        "heartbeat.action.query, 'SELECT ''${NAME}'''",
        "database.password, a${b}c",
        "table.include.list, shop.orders$",
    })
    void textInBracesThatIsNoReferenceIsAccepted(String option, String value) {
        // Given
        config.put(option, value);

        // Then
        assertThat(Validation.of(config).errors()).isEmpty();
    }

    @Test
    void aPatternForSecretsThatIsNoRegularExpressionIsRefused() {
        // Given
        config.put("custom.sanitize.pattern", "*.token");

        // Then
        assertThat(Validation.of(config).errors())
                .singleElement()
                .asString()
                .startsWith("custom.sanitize.pattern: is not a regular expression");
    }

    @ParameterizedTest
    @ValueSource(strings = {"::1", "[::1]", "fe80::1%eth0", "2001:db8::7"})
    void anIpv6AddressIsAHost(String host) {
        // Given
        Map<String, String> written = Map.of(
                "database.hostname", host, "database.user", "app", "database.dbname", "shop", "topic.prefix", "shop");

        // Then
        assertThat(Validation.of(written).errors()).isEmpty();
        assertThat(ConnectorConfig.of(written).properties().get("database.hostname"))
                .startsWith("[")
                .endsWith("]");
    }

    @Test
    void aHostThatIsNoAddressIsRefused() {
        assertThat(Validation.of(Map.of(
                                "database.hostname",
                                "db:5432",
                                "database.user",
                                "app",
                                "database.dbname",
                                "shop",
                                "topic.prefix",
                                "shop"))
                        .errors())
                .isNotEmpty();
    }

    @Test
    void anEscapedCommaBelongsToTheExpression() {
        assertThat(ConnectorConfig.of(Map.of("table.include.list", "public.a\\,b, public.c{1\\,2}"))
                        .selection()
                        .tableIncludeList())
                .containsExactly("public.a,b", "public.c{1,2}");
    }
}
