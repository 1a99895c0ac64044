// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.transforms.options.OptionValues;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.components.ConnectPlugin;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The options of {@link MaskFields} that are rejected, and where the error is shown. */
class MaskFieldsConfigTest {

    private static final String HASH_KEY = MaskSuite.HASH_KEY;
    private static final String KEYS = MaskSuite.KEYS;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "*.customers.email | has no action",
                "*.customers.email= | has an unknown action; it must be one of keep, null, redact",
                "*.customers.email=Hash | has an unknown action; it must be one of",
                "*.customers.email=hide | has an unknown action; it must be one of",
                "*.customers.email=encrypt:random | has an unknown action; it must be one of",
                "*.customers.email=truncate | truncate:1",
                "*.customers.email=truncate: | truncate:1",
                "*.customers.email=truncate:x | truncate:1",
                "*.customers.email=truncate:-1 | truncate:1",
                "*.customers.email=truncate:99999999999 | truncate:1",
                "=hash | does not name its columns",
                ":/phone=hash | does not name its columns",
                "customers.email=redact | does not name schema, table and column",
                "email=redact | does not name schema, table and column",
                "*.customers..email=redact | empty name",
                "*.customers.=redact | empty name",
                "*.cust**.email=redact | ** inside a name",
                "*.customers.profile:/=redact | empty name",
                "*.customers.profile:/a//b=redact | empty name",
                "*.customers.profile:/a**=redact | ** inside a name",
                "*.a.b=hash,*.a.b=redact | '*.a.b=redact' never applies",
                "*.a.b=hash,,*.a.c=redact | has no action",
                "\"\" | there is no rule"
            })
    void anInvalidRuleIsRejected(String rules, String reason) {
        Map<String, String> options = Map.of("rules", rules, "hash.key", HASH_KEY);
        assertThatThrownBy(() -> configured(options))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("rules")
                .hasMessageContaining(reason);
        assertThat(errors("rules", options)).hasSize(1);
    }

    @Test
    void missingRulesAreRejected() {
        assertThatThrownBy(() -> configured(Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("rules");
    }

    @Test
    void onlyAHashNeedsAHashKey() {
        Map<String, String> options = Map.of("rules", "*.customers.email=hash");
        assertThatThrownBy(() -> configured(options))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("hash.key: a rule hashes");
        assertThat(errors("hash.key", options)).singleElement().asString().contains("a rule hashes");
        configured(Map.of("rules", "*.customers.email=redact"));
    }

    @Test
    void aShortHashKeyIsRejectedAndNotShown() {
        Map<String, String> options = Map.of("rules", "*.customers.email=hash", "hash.key", "sesame");
        assertThatThrownBy(() -> configured(options))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("hash.key")
                .hasMessageContaining("6 bytes")
                .hasMessageNotContaining("sesame");
        assertThat(errors("hash.key", options)).singleElement().asString().doesNotContain("sesame");
        configured(Map.of("rules", "*.customers.email=hash", "hash.key", "ÄÖÜäöüßÄ"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"encrypt", "encrypt:deterministic"})
    void encryptionNeedsKeys(String action) {
        Map<String, String> options = Map.of("rules", "*.customers.email=" + action);
        assertThatThrownBy(() -> configured(options))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("encrypt.keys: a rule encrypts");
        assertThat(errors("encrypt.keys", options)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sesame",
                "sesame:",
                ":sesame",
                "a b:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                "k1:sesame!",
                "k1:c2VzYW1lc2VzYW1lc2VzYW1l",
                "k1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=,",
                "k1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=,k1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE="
            })
    void invalidKeysAreRejectedAndNotShown(String keys) {
        Map<String, String> options = Map.of("rules", "*.customers.email=encrypt", "encrypt.keys", keys);
        assertThatThrownBy(() -> configured(options))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("encrypt.keys")
                .hasMessageContaining("entry ")
                .hasMessageNotContaining("sesame")
                .hasMessageNotContaining("c2Vz")
                .hasMessageNotContaining("AAAA");
    }

    @Test
    void anUnknownKeyIdIsRejected() {
        Map<String, String> options =
                Map.of("rules", "*.customers.email=encrypt", "encrypt.keys", KEYS, "encrypt.key.id", "k2");
        assertThatThrownBy(() -> configured(options))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("encrypt.key.id: no key of encrypt.keys has the id k2");
        assertThat(errors("encrypt.key.id", options)).hasSize(1);
        assertThat(errors("encrypt.key.id", Map.of("rules", "**=redact", "encrypt.key.id", "k2")))
                .hasSize(1);
    }

    @Test
    void noSecretIsInTheErrorsOrTextOfAConfiguration() {
        // Given
        Map<String, String> bad =
                Map.of("rules", "nonsense", "hash.key", HASH_KEY, "encrypt.keys", KEYS, "encrypt.key.id", "none");
        Map<String, String> good = Map.of("rules", "**=hash", "hash.key", HASH_KEY, "encrypt.keys", KEYS);

        // When
        String texts = MaskFields.CONFIG_DEF.validate(bad).toString()
                + MaskFields.CONFIG_DEF.validate(good)
                + new OptionValues(MaskFields.CONFIG_DEF, good).values();

        // Then
        assertThat(texts).contains("nonsense").doesNotContain(HASH_KEY).doesNotContain(KEYS.substring(3));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hash.key | ${vault:mask/keys:hash.key} | config provider 'vault'",
                "hash.key | ${env:MASK_KEY_OF_THE_SHOP} | config provider 'env'",
                "hash.key | ${MASK_KEY_OF_THE_SHOP} | tool that replaces it",
                "encrypt.keys | k1:${file:/run/secrets/mask.properties:k1} | config provider 'file'",
                "encrypt.keys | ${file:/run/a,b/mask.properties:k1} | config provider 'file'",
                "rules | ${file:/run/a,b/rules.properties:rules} | config provider 'file'",
                "redaction | ${env:REDACTION} | config provider 'env'",
                "keys | ${env:KEYS} | config provider 'env'",
                "encrypt.key.id | ${env:KEY} | config provider 'env'"
            })
    void aReferenceThatNoProviderHasReplacedIsRejected(String option, String value, String whose) {
        // Given
        Map<String, String> options =
                new HashMap<>(Map.of("rules", "*.customers.email=hash", "hash.key", HASH_KEY, "encrypt.keys", KEYS));
        options.put(option, value);

        // Then
        assertThatThrownBy(() -> configured(options))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(option + ": unresolved placeholder ${")
                .hasMessageContaining("is the " + whose + " set up");
        assertThat(errors(option, options)).first().asString().contains("unresolved placeholder");
    }

    @Test
    void everyOptionOfEveryTransformRejectsAReference() {
        for (ConnectPlugin plugin : PagesTest.plugins()) {
            ConfigDef definition = plugin.config();
            definition.configKeys().forEach((name, key) -> {
                assertThat(definition.validate(Map.of(name, "${vault:shop:value}")))
                        .as("%s of %s", name, plugin.getClass())
                        .filteredOn(value -> value.name().equals(name))
                        .flatExtracting(ConfigValue::errorMessages)
                        .anyMatch(message -> message.contains("${vault:shop:value}"));
            });
        }
    }

    private static MaskFields<SourceRecord> configured(Map<String, String> options) {
        MaskFields<SourceRecord> transform = new MaskFields<>();
        transform.configure(options);
        return transform;
    }

    private static List<String> errors(String option, Map<String, String> options) {
        return MaskFields.CONFIG_DEF.validate(options).stream()
                .filter(value -> value.name().equals(option))
                .flatMap(value -> value.errorMessages().stream())
                .toList();
    }
}
