// SPDX-License-Identifier: Apache-2.0
package dev.tributary.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.ConfigurationCheck;
import dev.tributary.ConfigurationCheck.Remark;
import dev.tributary.preflight.Finding.Severity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChangedDefaultsTest {

    @Test
    void everyOptionWithAnotherDefaultIsListedWithBoth() {
        // When
        List<String> changes = ChangedDefaults.in(Map.of());

        // Then
        assertThat(changes)
                .contains(
                        "plugin.name: is not set, so it changes from decoderbufs (Debezium's default) to pgoutput",
                        "publication.autocreate.mode: is not set, so it changes from all_tables (Debezium's default) to"
                                + " filtered")
                .allMatch(change -> change.contains(": is not set, so "));
        assertThat(changes)
                .extracting(change -> change.substring(0, change.indexOf(':')))
                .doesNotHaveDuplicates()
                .containsAll(Options.DEFAULTS.keySet())
                .allMatch(Options.definition().names()::contains);
    }

    @Test
    void anOptionThatIsSetDoesNotChange() {
        // Given
        Map<String, String> all = new HashMap<>();
        Options.definition().names().forEach(name -> all.put(name, "x"));

        // Then
        assertThat(ChangedDefaults.in(all)).isEmpty();
    }

    @Test
    void theCheckListsThemForAConfigurationOfDebeziumOnly() {
        // Given: not valid, so that no database is needed
        Map<String, String> debeziums = Map.of("connector.class", ChangedDefaults.DEBEZIUM);
        Map<String, String> ours = Map.of("connector.class", "dev.tributary.PostgresSourceConnector");

        // Then
        assertThat(ConfigurationCheck.of(debeziums))
                .filteredOn(remark -> remark.severity() == Severity.INFO)
                .extracting(Remark::message)
                .containsExactlyElementsOf(ChangedDefaults.in(debeziums));
        assertThat(ConfigurationCheck.of(ours)).noneMatch(remark -> remark.severity() == Severity.INFO);
    }
}
