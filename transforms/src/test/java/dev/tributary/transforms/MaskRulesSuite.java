// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import static dev.tributary.transforms.SampleEvents.customer;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which values {@link MaskFields} masks: globs, parts of columns, documents. */
abstract class MaskRulesSuite extends MaskSuite implements PassesOtherRecords {

    MaskRulesSuite(SampleEvents events) {
        super(events);
    }

    @Test
    void theFirstMatchingRuleApplies() {
        assertThat(after("*.customers.email=truncate:1, *.customers.balance=keep, *.*.email=null,"
                        + " *.customers.visits=keep, shop.*.*a*=redact"))
                .isEqualTo(columns(customer(
                        "email",
                        "a",
                        "name",
                        "****",
                        "labels",
                        List.of("****", "****"),
                        "extras",
                        Map.of("size", "****"),
                        "address",
                        Map.of("street", "****", "city", "****"))));
    }

    @Test
    void caseMattersAndGlobsStopAtDots() {
        assertThat(after("*.customers.Email=null, *.Customers.email=null, shop.customers.*ress.stree?=redact"))
                .isEqualTo(columns(customer("address", Map.of("street", "****", "city", "Hull"))));
        assertThat(after("*.*.street=redact, *.*.*.*.street=redact")).isEqualTo(columns(customer()));
        assertThat(after("**.street=redact"))
                .isEqualTo(columns(customer("address", Map.of("street", "****", "city", "Hull"))));
        assertThat(after("shop.**.customers.**.street=redact"))
                .isEqualTo(columns(customer("address", Map.of("street", "****", "city", "Hull"))));
    }

    @Test
    void aRuleForAStructAppliesToItsFieldsUnlessAnEarlierOneMakesAnException() {
        assertThat(after("*.customers.address=hash"))
                .containsEntry("address", Map.of("street", hash("Elm 1"), "city", hash("Hull")));
        assertThat(after("*.customers.address.city=keep, *.customers.address=redact"))
                .containsEntry("address", Map.of("street", "****", "city", "Hull"));
        Map<String, @Nullable Object> address = new HashMap<>();
        address.put("street", null);
        address.put("city", "Hull");
        assertThat(after("*.customers.address.city=keep, *.customers.address=null"))
                .containsEntry("address", address);
        assertThat(after("**.phone=hash, *.customers.address=null, *.customers.labels=null"))
                .containsEntry("address", null)
                .containsEntry("labels", null);
    }

    @Test
    void nullSetsTheWholeToNullUnlessAnEarlierRuleIsForAPart() {
        Map<String, @Nullable Object> empty = new HashMap<>();
        empty.put("street", null);
        empty.put("city", null);
        assertThat(after("**:/phone=hash, *.customers.address=null")).containsEntry("address", empty);
        assertThat(masked(customer("labels", Arrays.asList(null, "vip")), "**.phone=hash, *.customers.labels=null"))
                .containsEntry("labels", null);
    }

    @Test
    void aRuleForAMapAppliesToItsValuesAndOneForAKeyToThatKeyOnly() {
        Map<String, String> extras = Map.of("size", "M", "phone", "555-0101");
        assertThat(masked(customer("extras", extras), "*.customers.extras.phone=redact"))
                .containsEntry("extras", Map.of("size", "M", "phone", "****"));
        assertThat(masked(customer("extras", extras), "*.customers.extras=hash"))
                .containsEntry("extras", Map.of("size", hash("M"), "phone", hash("555-0101")));
        assertThat(masked(customer("extras", extras), "*.customers.extras.*=truncate:1"))
                .containsEntry("extras", Map.of("size", "M", "phone", "5"));
        assertThat(after("*.customers.extras=null")).containsEntry("extras", null);
    }

    @Test
    void aRuleForAnArrayAppliesToEachElement() {
        List<@Nullable String> labels = Arrays.asList("new", null, "vip");
        assertThat(masked(customer("labels", labels), "*.customers.labels=hash"))
                .containsEntry("labels", Arrays.asList(hash("new"), null, hash("vip")));
        assertThat(after("*.customers.labels=null")).containsEntry("labels", null);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/phone=redact | {\"likes\":[\"tea\"],\"phone\":\"****\"}",
                "/phone=truncate:3 | {\"likes\":[\"tea\"],\"phone\":\"555\"}",
                "/phone=null | {\"likes\":[\"tea\"],\"phone\":null}",
                "/likes=redact | {\"likes\":[\"****\"],\"phone\":\"555-0101\"}",
                "/likes=null | {\"likes\":null,\"phone\":\"555-0101\"}",
                "/ph?ne=redact | {\"likes\":[\"tea\"],\"phone\":\"****\"}",
                "/**=redact | {\"likes\":[\"****\"],\"phone\":\"****\"}",
                "/Phone=redact | {\"likes\":[\"tea\"],\"phone\":\"555-0101\"}"
            })
    void aPathMatchesPartsOfADocument(String rule, String masked) {
        assertThat(after("*.customers.profile:" + rule)).isEqualTo(columns(customer("profile", masked)));
    }

    @Test
    void aPartOfADocumentIsHashedAndEncrypted() {
        assertThat(after("*.customers.profile:/phone=hash"))
                .containsEntry("profile", "{\"likes\":[\"tea\"],\"phone\":\"" + hash("555-0101") + "\"}");
        assertThat((String) after("*.customers.profile:/phone=encrypt:deterministic")
                        .get("profile"))
                .startsWith("{\"likes\":[\"tea\"],\"phone\":\"d1:k1:")
                .doesNotContain("555");
    }

    @Test
    void theRestOfADocumentIsMaskedByTheRuleForTheColumn() {
        assertThat(after("*.customers.profile:/phone=redact, *.customers.profile=hash"))
                .containsEntry("profile", "{\"likes\":[\"" + hash("tea") + "\"],\"phone\":\"****\"}");
        assertThat(after("*.customers.profile=redact, *.customers.profile:/phone=hash")
                        .get("profile"))
                .isEqualTo(events.hasSchemas() ? "\"****\"" : "****");
    }

    @Test
    void aTextThatIsNotADocumentIsMaskedAsAWhole() {
        Map<String, @Nullable Object> row =
                customer("name", "Ann, 555-0101", "region", "{\"phone\":\"555-0101\"}", "email", " ");
        assertThat(masked(row, "*.customers.*:/phone=hash"))
                .containsEntry("name", "****")
                .containsEntry("region", "{\"phone\":\"" + hash("555-0101") + "\"}")
                .containsEntry("email", " ");
        assertThat(masked(row, "*.customers.name:/phone=redact, *.customers.name=hash"))
                .containsEntry("name", hash("Ann, 555-0101"));
    }

    @Test
    void aDocumentThatWasNotSentIsUnchanged() {
        assertThat(masked(customer("profile", PLACEHOLDER), "*.customers.profile:/phone=redact"))
                .containsEntry("profile", PLACEHOLDER);
    }

    @Test
    void spacesAroundRulesAndTheirPartsDoNotMatter() {
        assertThat(after(" *.customers.email = redact ,  *.customers.region=null "))
                .isEqualTo(columns(customer("email", "****", "region", null)));
    }
}
