// SPDX-License-Identifier: Apache-2.0
package dev.tributary.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tributary.sandbox.ConnectRestException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All transforms and predicates in the chain of one connector, and the messages for mistakes in their options. */
class TransformsIT {

    private final Servers servers = Servers.shared();

    @Test
    void allTransformsInOneChain() throws Exception {
        // Given
        TestDatabase database = servers.database();
        String kind = database.name();
        database.execute(
                "CREATE TABLE customers (id int PRIMARY KEY, email text, region text, seen int)",
                "ALTER TABLE customers REPLICA IDENTITY FULL",
                "CREATE TABLE outbox (id int PRIMARY KEY, aggregatetype text, aggregateid text, payload text)",
                "INSERT INTO customers VALUES (1, 'ann@example.org', 'north', 0)");

        try (TestConnector connector = TransformChain.in(new TestConnector(servers.rest(), database));
                Topics topics = new Topics(servers.broker().bootstrapServers(), "app." + kind);
                Topics messages = new Topics(servers.broker().bootstrapServers(), "outbox.event." + kind)) {
            connector.start();

            // When
            database.execute(
                    "UPDATE customers SET seen = 1",
                    "UPDATE customers SET region = 'east'",
                    "INSERT INTO customers VALUES (2, 'bob@example.org', 'south', 0)",
                    "INSERT INTO outbox VALUES (7, '" + kind + "', 'a-1', 'hello')",
                    "DELETE FROM outbox",
                    "DELETE FROM customers WHERE id = 1");

            // Then
            List<Change> rows =
                    topics.await("the tombstone", seen -> seen.stream().anyMatch(Change::isTombstone));
            assertThat(rows).extracting(Change::topic).containsOnly("app." + kind + ".public.customers");
            assertThat(rows)
                    .extracting(
                            change -> change.headers().get("ce_type"),
                            change -> change.value().path("region").asText())
                    .containsExactly(
                            tuple("public.customers.read", "north"),
                            tuple("public.customers.updated", "east"),
                            tuple("public.customers.deleted", ""));
            assertThat(rows.subList(0, 2))
                    .allSatisfy(change ->
                            assertThat(change.value().path("email").asText()).matches("[0-9a-f]{64}"));
            assertThat(ids(rows)).hasSize(3);

            Change message = messages.await(1).get(0);
            assertThat(message.key().asText()).isEqualTo("a-1");
            assertThat(message.value().asText()).isEqualTo("hello");
            assertThat(message.headers()).containsEntry("id", "7").containsEntry("ce_type", "public.outbox.created");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "transforms.flat.deletes | remove | one of tombstone, rewrite, both, drop",
                "transforms.flat.add.fields | op,op | as another entry does",
                "transforms.route.topic | app.${tabel} | tabel",
                "transforms.mask.rules | *.customers.email | *.customers.email",
                "transforms.mask.hash.key | short | must have at least 16",
                "transforms.mask.hash.key | ${vault:mask:hash.key} | unresolved placeholder ${vault:mask:hash.key}",
                "transforms.ce.source | ${env:SOURCE} | unresolved placeholder ${env:SOURCE}",
                "transforms.filter.condition | region == 'x' | line 1, column 1: undeclared reference to 'region'",
                "transforms.unchanged.columns.exclude | a.b.c.d.e,, | columns.exclude",
                "transforms.outbox.route.topic.regex | ( | route.topic.regex",
                "transforms.ce.source | http://a b | must be a URI reference",
                "predicates.ofOutbox.tables | a..b | tables",
                "predicates.rows.operations | x | not one of c or create"
            })
    void aBadOptionIsRejectedWithTheReason(String option, String value, String reason) throws Exception {
        // Given
        TestDatabase database = servers.database();
        database.execute("CREATE TABLE customers (id int PRIMARY KEY)", "CREATE TABLE outbox (id int PRIMARY KEY)");
        TestConnector connector =
                TransformChain.in(new TestConnector(servers.rest(), database)).with(option, value);

        // When
        Map<String, List<String>> errors = errors(connector);
        ConnectRestException refused = catchThrowableOfType(ConnectRestException.class, connector::put);

        // Then
        assertThat(errors).containsOnlyKeys(option);
        assertThat(errors.get(option))
                .singleElement()
                .asString()
                .contains(reason)
                .doesNotContain("value short");
        assertThat(refused.status()).isEqualTo(400);
    }

    private static Set<String> ids(List<Change> rows) {
        return rows.stream().map(change -> change.headers().get("ce_id")).collect(Collectors.toSet());
    }

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
}
