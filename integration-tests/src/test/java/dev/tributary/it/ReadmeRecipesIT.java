// SPDX-License-Identifier: Apache-2.0
package dev.tributary.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recipes in README.md, with their configuration and SQL. */
class ReadmeRecipesIT {

    private static final String SECRETS = "/etc/connect/mask.properties";

    private final Servers servers = Servers.shared();
    private final TestDatabase database = database();

    @BeforeEach
    void aShop() throws SQLException, IOException {
        database.execute(Files.readString(servers.sandbox()
                .distribution()
                .root()
                .resolve("sample-db/src/main/resources/dev/tributary/sampledb/1-schema.sql")));
    }

    @Test
    void flatRowsForAService() throws Exception {
        try (TestConnector connector = connector("Flat rows for a service").start();
                Topics topics = new Topics(servers, connector)) {
            // When
            insertCustomer();
            database.execute("UPDATE shop.customers SET name = 'Anna'", "DELETE FROM shop.customers");

            // Then
            List<Change> rows = topics.await("customers", 3);
            assertThat(rows).hasSize(3);
            assertThat(rows.get(0).value().path("name").asText()).isEqualTo("Ann");
            assertThat(rows.get(1).value().path("name").asText()).isEqualTo("Anna");
            assertThat(rows.get(2).isTombstone()).isTrue();
            assertThat(rows).extracting(change -> change.headers().get("__op")).containsExactly("c", "u", "d");
            assertThat(rows)
                    .allSatisfy(
                            change -> assertThat(change.headers().get("__lsn")).containsOnlyDigits());
            assertThat(topics.changes()).hasSize(3);
        }
    }

    @Test
    void outbox() throws Exception {
        try (TestConnector connector = connector("Outbox").start();
                Topics rows = new Topics(servers, connector);
                Topics messages = new Topics(servers.broker().bootstrapServers(), "outbox.event.order")) {
            // When
            database.execute(page().block("Outbox", "sql"));
            insertCustomer();

            // Then
            Change message = messages.await(1).get(0);
            assertThat(message.topic()).isEqualTo("outbox.event.order");
            assertThat(message.key().asText()).isEqualTo("4711");
            assertThat(message.value()).isEqualTo(new ObjectMapper().readTree("{\"order\":4711,\"amount\":99.5}"));
            assertThat(message.headers()).containsEntry("type", "OrderPaid").containsKey("id");
            assertThat(rows.await("customers", 1).get(0).op()).isEqualTo("c");
            assertThat(rows.of("outbox")).isEmpty();
        }
    }

    @Test
    void personalData(@TempDir Path directory) throws Exception {
        // Given
        String hashKey = Secrets.newFor("the hash key of the README");
        String key = Secrets.used(
                Base64.getEncoder().encodeToString(hashKey.substring(0, 32).getBytes(UTF_8)), "encrypt.keys");
        Path secrets = directory.resolve("mask.properties");
        Files.writeString(secrets, "hash.key=" + hashKey + "\nencrypt.keys=2026-11:" + key + "\n");
        TestConnector connector = connector("Personal data");
        connector
                .config()
                .forEach((option, value) -> connector.with(option, value.replace(SECRETS, secrets.toString())));

        try (connector;
                Topics topics = new Topics(servers, connector)) {
            // When
            connector.start();
            insertCustomer();
            database.execute("UPDATE shop.customers SET name = 'Berta'");

            // Then
            List<Change> rows = topics.await("customers", 2);
            JsonNode row = rows.get(0).after();
            assertThat(row.path("email").asText())
                    .matches("[0-9a-f]{64}")
                    .isEqualTo(rows.get(1).after().path("email").asText());
            assertThat(row.path("address").asText()).contains(":2026-11:");
            assertThat(row.path("name").asText()).isEqualTo("A");
            assertThat(rows)
                    .allSatisfy(change -> assertThat(change.value().toString())
                            .doesNotContain("ann@example.org", "Elm", "Ann", "Berta"));
            assertThat(servers.rest().config(connector.name()).toString()).doesNotContain(hashKey);
        }
    }

    private void insertCustomer() throws SQLException {
        database.execute("INSERT INTO shop.customers (customer_no, name, email, address)"
                + " VALUES (gen_random_uuid(), 'Ann', 'ann@example.org', '{\"street\": \"Elm 1\"}')");
    }

    private TestConnector connector(String recipe) throws IOException {
        TestConnector connector = new TestConnector(servers.rest(), database).with("schema.include.list", "shop");
        page().options(recipe).forEach(connector::with);
        return connector;
    }

    private Page page() throws IOException {
        return Page.of(servers, "README.md");
    }

    private static TestDatabase database() {
        try {
            return Servers.shared().database();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
