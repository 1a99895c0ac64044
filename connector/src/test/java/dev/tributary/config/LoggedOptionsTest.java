// SPDX-License-Identifier: Apache-2.0
package dev.tributary.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.debezium.config.Configuration;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoggedOptionsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "database.password",
                "database.sslpassword",
                "database.connectionString",
                "driver.sslpassword",
                "driver.options",
                "transforms.mask.hash.key",
                "transforms.mask.encrypt.keys",
                "predicates.p.api.token",
                "key.converter.basic.auth.user.info",
                "value.converter.anything",
                "producer.override.sasl.jaas.config",
                "producer.override.sasl.oauthbearer.token.endpoint.url",
                "producer.override.ssl.keystore.location",
                "value.converter.basic.auth.credentials.source",
                "consumer.override.ssl.key.password",
                "admin.override.security.protocol",
                "signal.consumer.ssl.truststore.password",
                "internal.some.secret",
                "isbn.vault.address",
                "tabel.include.list"
            })
    void theValueOfAPasswordOrOfAnotherPartIsHidden(String option) {
        assertThat(LoggedOptions.of(Map.of(option, "told"))).containsExactly(Map.entry(option, LoggedOptions.HIDDEN));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name",
                "connector.class",
                "tasks.max",
                "database.hostname",
                "database.sslkey",
                "table.include.list",
                "message.key.columns",
                "key.converter",
                "record.timestamp",
                "producer.override.linger.ms",
                "producer.override.max.request.size",
                "producer.override.compression.type",
                "key.converter.schemas.enable",
                "value.converter.schema.registry.url",
                "value.converter.value.subject.name.strategy",
                "transforms.mask.type",
                "transforms.mask.predicate",
                "predicates.p.type",
                "topic.creation.default.partitions",
                "column.truncate.to.20.chars",
                "snapshot.select.statement.overrides.shop.orders"
            })
    void theValueOfAnOptionThatIsKnownToBeNoSecretIsShown(String option) {
        assertThat(LoggedOptions.of(Map.of(option, "told"))).containsExactly(Map.entry(option, "told"));
    }

    @Test
    void everyPasswordOfTheDefinitionIsHiddenAndEveryOtherOptionIsShown() {
        Options.definition()
                .configKeys()
                .forEach((name, key) -> assertThat(LoggedOptions.of(Map.of(name, "(?!)")))
                        .as(name)
                        .containsValue(key.type == ConfigDef.Type.PASSWORD ? LoggedOptions.HIDDEN : "(?!)"));
    }

    @Test
    void debeziumShowsWhatDoesNotEndInPassword() {
        // Given
        Map<String, String> options =
                Map.of("transforms.mask.hash.key", "told", "column.mask.hash.SHA-256.with.salt.told", "shop.a.b");

        // Then
        assertThat(LoggedOptions.of(options).toString()).doesNotContain("told");
        assertThat(Configuration.from(options).withMaskedPasswords().asMap()).isEqualTo(options);
    }

    @Test
    void aSaltIsHiddenInTheNameOfItsOption() {
        assertThat(LoggedOptions.of(Map.of("column.mask.hash.v2.SHA-256.with.salt.told.all", "shop.a.b")))
                .containsExactly(Map.entry("column.mask.hash.v2.SHA-256.with.salt.********", "shop.a.b"));
        assertThat(KnownOptions.warnings(Map.of("column.mask.hsh.SHA-256.with.salt.told", "shop.a.b")))
                .singleElement()
                .asString()
                .contains("column.mask.hsh.SHA-256.with.salt.********")
                .doesNotContain("told");
    }

    @Test
    void userAndPasswordInAnAddressAreHidden() {
        assertThat(LoggedOptions.of(Map.of("signal.kafka.bootstrap.servers", "http://me:told@host:1")))
                .containsValue("http://********@host:1");
    }

    @Test
    void whatIsEmptyIsNoSecret() {
        assertThat(LoggedOptions.of(Map.of("database.sslpassword", ""))).containsValue("");
    }

    @Test
    void aPatternOfTheUserHidesMoreAndShowsNothing() {
        // Given
        Map<String, String> options = Map.of(
                "custom.sanitize.pattern", ".*hostname", "database.hostname", "told", "database.password", "told");

        // Then
        assertThat(LoggedOptions.of(options))
                .containsEntry("database.hostname", LoggedOptions.HIDDEN)
                .containsEntry("database.password", LoggedOptions.HIDDEN);
    }
}
