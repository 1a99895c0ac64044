// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import static dev.tributary.transforms.SampleEvents.customer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.transforms.mask.Decryptor;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the actions of {@link MaskFields} do to values. */
abstract class MaskActionsSuite extends MaskSuite {

    MaskActionsSuite(SampleEvents events) {
        super(events);
    }

    @ParameterizedTest
    @CsvSource({
        "redact, ****",
        "truncate:3, ann",
        "truncate:0, ''",
        "truncate:99, ann@example.org",
        "keep, ann@example.org"
    })
    void actionsOnTexts(String action, String masked) {
        Transformation<SourceRecord> transform = with("rules", "shop.customers.email=" + action);
        Map<String, @Nullable Object> event = row(transform, events.update(customer(), customer("visits", 4)));
        assertThat(part(event, "before")).isEqualTo(columns(customer("email", masked)));
        assertThat(part(event, "after")).isEqualTo(columns(customer("email", masked, "visits", 4)));
    }

    @Test
    void nullSetsAColumnToNull() {
        assertThat(after("*.customers.name=null")).isEqualTo(columns(customer("name", null)));
    }

    @Test
    void aHashCanBeComputedElsewhere() {
        assertThat(after("*.customers.email=hash")).isEqualTo(columns(customer("email", hash("ann@example.org"))));
    }

    @Test
    void otherTypesAreHashedByTheirTextAndBecomeText() {
        assertThat(after("*.customers.id=hash, *.customers.visits=hash, *.customers.balance=hash", "keys", "keep"))
                .containsEntry("id", hash("1"))
                .containsEntry("visits", hash("3"))
                .containsEntry("balance", hash("12.5"));
    }

    @Test
    void anEncryptedTextIsDecryptedWithTheKey() {
        // Given
        Transformation<SourceRecord> transform = with("rules", "*.customers.email=encrypt");

        // When
        Map<String, @Nullable Object> event = row(transform, events.update(customer(), customer()));

        // Then
        String before = (String) Objects.requireNonNull(part(event, "before").get("email"));
        String after = (String) Objects.requireNonNull(part(event, "after").get("email"));
        assertThat(DECRYPTOR.decryptText(before)).isEqualTo("ann@example.org");
        assertThat(DECRYPTOR.decryptText(after)).isEqualTo("ann@example.org");
        assertThat(before).startsWith("e1:k1:");
    }

    /** Otherwise every update would look as if it had changed the column. */
    @Test
    void equalValuesOfOneEventHaveOneTextAndOfTwoEventsTwo() {
        // Given
        Transformation<SourceRecord> transform = with("rules", "*.customers.email=encrypt");

        // When
        Map<String, @Nullable Object> one = row(transform, events.update(customer(), customer()));
        Map<String, @Nullable Object> other =
                row(transform, events.update(customer(), customer("email", "eve@example.org")));

        // Then
        assertThat(part(one, "after").get("email"))
                .isEqualTo(part(one, "before").get("email"));
        assertThat(part(other, "before").get("email"))
                .isNotEqualTo(part(one, "before").get("email"))
                .isNotEqualTo(part(other, "after").get("email"));
    }

    @Test
    void dropUnchangedAfterwardsStillSeesWhatHasChanged() {
        // Given
        Transformation<SourceRecord> mask =
                with("rules", "*.customers.email=encrypt, *.customers.profile:/phone=encrypt, **.balance=encrypt");
        try (DropUnchanged<SourceRecord> drop = new DropUnchanged<>()) {
            drop.configure(Map.of());

            // When / Then
            assertThat(drop.apply(applied(mask, events.update(customer(), customer()))))
                    .isNull();
            assertThat(drop.apply(applied(mask, events.update(customer(), customer("email", "eve@example.org")))))
                    .isNotNull();
        }
    }

    @Test
    void deterministicEncryptionIsEqualInAllColumns() {
        // Given
        Transformation<SourceRecord> transform =
                with("rules", "*.customers.email=encrypt:deterministic, *.customers.name=encrypt:deterministic");

        // When
        Map<String, @Nullable Object> after =
                part(row(transform, events.create(customer("name", "ann@example.org"))), "after");

        // Then
        assertThat((String) after.get("email")).startsWith("d1:k1:").isEqualTo(after.get("name"));
        assertThat(DECRYPTOR.decryptText((String) Objects.requireNonNull(after.get("email"))))
                .isEqualTo("ann@example.org");
    }

    @Test
    void encryptedNumbersAndBytesAreDecryptedAsTextAndBytes() {
        // Given
        byte[] photo = {0, 1, -1};
        Map<String, @Nullable Object> row = customer("photo", photo);

        // When
        Map<String, @Nullable Object> after = masked(row, "*.customers.balance=encrypt, *.customers.photo=encrypt");

        // Then
        assertThat(DECRYPTOR.decryptText((String) Objects.requireNonNull(after.get("balance"))))
                .isEqualTo("12.5");
        assertThat(DECRYPTOR.decryptBytes((String) Objects.requireNonNull(after.get("photo"))))
                .isEqualTo(photo);
    }

    @Test
    void redactedValuesKeepTheirType() {
        Map<String, @Nullable Object> after = part(
                row(
                        with("rules", "**=redact", "redaction", "gone", "keys", "keep"),
                        events.create(customer("photo", new byte[] {1}))),
                "after");
        assertThat(after)
                .containsEntry("id", 0L)
                .containsEntry("name", "gone")
                .containsEntry("visits", 0)
                .containsEntry("labels", List.of("gone", "gone"))
                .containsEntry("extras", Map.of("size", "gone"))
                .containsEntry("address", Map.of("street", "gone", "city", "gone"));
        assertThat((BigDecimal) after.get("balance")).isZero();
        assertThat((byte[]) after.get("photo")).isEmpty();
    }

    @Test
    void bytesAreTruncatedAsWell() {
        Map<String, @Nullable Object> after =
                masked(customer("photo", new byte[] {7, 8, 9}), "*.customers.photo=truncate:2");
        assertThat((byte[]) after.get("photo")).containsExactly(7, 8);
    }

    @Test
    void valuesThatCannotBeTruncatedAreRedacted() {
        assertThat(after("*.customers.visits=truncate:1")).containsEntry("visits", 0);
    }

    @Test
    void noCharacterIsSplit() {
        Transformation<SourceRecord> transform = with("rules", "*.customers.name=truncate:2");
        assertThat(part(row(transform, events.create(customer("name", "a\uD83D\uDE00bc"))), "after"))
                .containsEntry("name", "a\uD83D\uDE00");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "redact", "truncate:1", "hash", "encrypt", "encrypt:deterministic"})
    void aNullStaysNull(String action) {
        String rules = List.of("email", "profile:/phone", "labels", "extras", "address", "balance").stream()
                .map(column -> "*.customers." + column + "=" + action)
                .collect(Collectors.joining(","));
        Map<String, @Nullable Object> row = customer(
                "email", null, "profile", null, "labels", null, "extras", null, "address", null, "balance", null);
        assertThat(masked(row, rules)).isEqualTo(columns(row));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hash", "encrypt", "encrypt:deterministic", "truncate:3"})
    void aValueThatWasNotSentStaysAsItIs(String action) {
        Map<String, @Nullable Object> row = customer(
                "email", PLACEHOLDER, "labels", List.of(PLACEHOLDER), "extras", Map.of(PLACEHOLDER, PLACEHOLDER));
        assertThat(masked(
                        row,
                        "*.customers.*mail=" + action + ", *.customers.labels=" + action + ", *.*.extras=" + action))
                .isEqualTo(columns(row));
    }

    @Test
    void aValueThatWasNotSentIsRedactedAndNulledLikeAnyOther() {
        Map<String, @Nullable Object> row = customer("email", PLACEHOLDER, "labels", List.of(PLACEHOLDER));
        assertThat(masked(row, "*.customers.email=redact, *.customers.labels=null"))
                .containsEntry("email", "****")
                .containsEntry("labels", null);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"none", "6e6f6e65", "bm9uZQ==", "334c4a4c-42fd-379d-bebc-3e73b517e6f8", "{\"none\":\"none\"}"})
    void thePlaceholderHasTheFormOfTheColumn(String written) {
        assertThat(part(
                        row(
                                with("rules", "*.*.email=hash", "unavailable.value.placeholder", "none"),
                                events.create(customer("email", written))),
                        "after"))
                .containsEntry("email", written);
    }

    @Test
    void theEncryptingKeyCanBeChosen() {
        // Given
        String second = ",k2:"
                + Base64.getEncoder().encodeToString(new byte[] {
                    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1
                });

        // When
        Object email = after("*.customers.email=encrypt", "encrypt.keys", KEYS + second, "encrypt.key.id", "k2")
                .get("email");

        // Then
        assertThat((String) email).startsWith("e1:k2:");
        assertThat(new Decryptor(KEYS + second).decryptText((String) Objects.requireNonNull(email)))
                .isEqualTo("ann@example.org");
    }
}
