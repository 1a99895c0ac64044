// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import static dev.tributary.preflight.FindingAssert.assertOnly;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.postgres.ConnectionTarget;
import dev.tributary.postgres.TableName;
import dev.tributary.preflight.Finding.Severity;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicChecksTest {

    private final Requests requests =
            Requests.on(new ConnectionTarget("localhost", 5432, "shop", "app", null, Map.of()));

    @Test
    void acceptsOrdinaryNames() {
        // Given
        var facts = TestFacts.withTables(new TableName("public", "orders"), new TableName("public", "order_items"));

        // When / Then
        assertThat(TopicChecks.reserved(requests.request(), facts)).isEmpty();
        assertThat(TopicChecks.collisions(requests.request(), facts)).isEmpty();
        assertThat(TopicChecks.renamed(requests.request(), facts)).isEmpty();
    }

    @Test
    void reportsNamesThatAreChanged() {
        // Given
        var facts = TestFacts.withTables(new TableName("public", "größe"));

        // When
        var findings = TopicChecks.renamed(requests.request(), facts);

        // Then
        assertOnly(findings).is(Severity.INFO, "topic.prefix").says("shop.public.größe becomes shop.public.gr__e");
    }

    @Test
    void refusesTwoTablesInOneTopic() {
        // Given
        var facts = TestFacts.withTables(new TableName("public", "a b"), new TableName("public", "a?b"));

        // When
        var findings = TopicChecks.collisions(requests.request(), facts);

        // Then
        assertOnly(findings)
                .is(Severity.ERROR, "topic.prefix")
                .says("public.a b, public.a?b would share the topic shop.public.a_b");
    }

    @Test
    void refusesTopicsThatDifferOnlyInDotAndUnderscore() {
        // Given
        var facts = TestFacts.withTables(new TableName("a", "b_c"), new TableName("a_b", "c"));

        // When
        var findings = TopicChecks.collisions(requests.request(), facts);

        // Then
        assertOnly(findings)
                .is(Severity.ERROR, "topic.prefix")
                .says("shop.a.b_c, shop.a_b.c", "Kafka refuses to create the second topic");
    }

    @Test
    void refusesNamesThatAreEqualOnceCut() {
        // Given
        var facts = TestFacts.withTables(
                new TableName("s".repeat(60), "a".repeat(63) + "1"),
                new TableName("s".repeat(60), "a".repeat(63) + "2"));

        // When
        var findings = TopicChecks.collisions(
                requests.topicPrefix("p".repeat(249 - 60 - 63 - 2)).request(), facts);

        // Then
        assertOnly(findings).is(Severity.ERROR, "topic.prefix").says("would share the topic");
    }

    @Test
    void warnsAboutAPrefixThatLooksInternal() {
        // When
        var findings = TopicChecks.reserved(requests.topicPrefix("__shop").request(), TestFacts.withTables());

        // Then
        assertOnly(findings).is(Severity.WARNING, "topic.prefix").says("__shop");
    }
}
