// SPDX-License-Identifier: Apache-2.0
package dev.tributary.console.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ConnectorFactsTest {

    private static final Deployed OURS = new Deployed("shop", Deployed.OURS, "p");
    private static final Deployed DEBEZIUMS = new Deployed("legacy", FakeConnect.DEBEZIUMS, "p");

    /** Of the topic prefix {@code p}; with apostrophes instead of quotation marks. */
    private static JsonNode servers(String facts) throws JsonProcessingException {
        return new ObjectMapper().readTree(("{'p': " + facts + "}").replace('\'', '"'));
    }

    private static Set<String> of(Deployed connector, JsonNode servers) {
        Set<String> names = new TreeSet<>();
        ConnectorFacts.of(connector, "p", servers).fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void allFactsOfAPrefixAreThoseOfOurTaskThatRuns() throws Exception {
        // Given
        JsonNode servers = servers("{'task': {'connector': 'shop'}, 'connector': {'name': 'shop'}, 'journal': {},"
                + " 'streaming': {}, 'history': {}, 'eventsPerSecond': 3}");

        // Then
        assertThat(of(OURS, servers))
                .containsExactlyInAnyOrder("task", "connector", "journal", "streaming", "history", "eventsPerSecond");
        assertThat(of(DEBEZIUMS, servers)).isEmpty();
    }

    @Test
    void debeziumsConnectorHasDebeziumsBeansWhileOursIsStopped() throws Exception {
        // Given
        JsonNode servers = servers("{'connector': {'name': 'shop'}, 'journal': {}, 'guard': {'connector': 'shop'},"
                + " 'streaming': {}, 'initialSnapshot': {}, 'history': {}, 'eventsPerSecond': 3}");

        // Then
        assertThat(of(OURS, servers)).containsExactlyInAnyOrder("connector", "journal", "guard");
        assertThat(of(DEBEZIUMS, servers))
                .containsExactlyInAnyOrder("streaming", "initialSnapshot", "history", "eventsPerSecond");
    }

    @Test
    void theHistoryOfATaskThatHasFailedStays() throws Exception {
        // Given
        JsonNode servers = servers("{'connector': {'name': 'shop'}, 'journal': {}, 'history': {}}");

        // Then
        assertThat(of(OURS, servers)).contains("history");
        assertThat(of(DEBEZIUMS, servers)).isEmpty();
    }

    @Test
    void oursHasNothingOfAnotherOfOurs() throws Exception {
        // Given
        JsonNode servers = servers("{'task': {'connector': 'other'}, 'connector': {'name': 'shop'}, 'journal': {},"
                + " 'snapshot': {}, 'samples': {}, 'streaming': {}, 'history': {}}");

        // Then
        assertThat(of(OURS, servers)).containsExactly("connector");
        assertThat(ConnectorFacts.has(servers, "shop", "task")).isFalse();
        assertThat(ConnectorFacts.has(servers, "other", "task")).isTrue();
    }

    @Test
    void aPrefixWithAPlaceholderIsThatOfTheMBeans() throws Exception {
        // Given
        List<JsonNode> servers = List.of(servers("{'guard': {'connector': 'shop'}}"));

        // Then
        assertThat(ConnectorFacts.server(new Deployed("shop", Deployed.OURS, "${env:PREFIX}"), servers))
                .isEqualTo("p");
        assertThat(ConnectorFacts.server(new Deployed("other", Deployed.OURS, "${env:PREFIX}"), servers))
                .isEqualTo("${env:PREFIX}");
        assertThat(ConnectorFacts.server(new Deployed("shop", Deployed.OURS, "configured"), servers))
                .isEqualTo("configured");
    }
}
