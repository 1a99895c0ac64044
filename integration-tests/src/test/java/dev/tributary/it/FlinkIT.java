// SPDX-License-Identifier: Apache-2.0
package dev.tributary.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tributary.sampledb.ShopDatabase;
import dev.tributary.sampledb.ShopTraffic;
import dev.tributary.sampledb.TrafficMix;
import dev.tributary.sandbox.ConnectWorker;
import dev.tributary.sandbox.FlinkJob;
import dev.tributary.sandbox.SchemaRegistry;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Flink SQL on the topics, with the statements of docs/recipes/flink.md: the result is that of the database. */
@EnabledIfSystemProperty(named = "flink", matches = "true", disabledReason = "needs Flink: run with -Pflink")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FlinkIT {

    private static final long SEED = Long.getLong("seed", System.nanoTime());

    /** The query of the page, and its result in the form of {@link #inFlink}. */
    private static final String IN_DATABASE = """
            SELECT string_agg(status || ' ' || orders || ' ' || revenue, ', ' ORDER BY status COLLATE "C") FROM (
                SELECT o.status::text, count(DISTINCT o.id) AS orders, sum(l.quantity * l.unit_price) AS revenue
                FROM shop.orders AS o
                JOIN shop.order_lines AS l ON l.order_id = o.id
                GROUP BY o.status) AS revenue""";

    private final Servers servers = Servers.shared();
    private final SchemaRegistry registry = servers.sandbox().schemaRegistry().start();
    private final ConnectWorker worker = servers.worker("flink").start();

    @AfterAll
    void stop() {
        worker.close();
        registry.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"JSON", "JSON with schemas", "Avro", "Flat rows"})
    void aJoinHasTheResultOfTheDatabase(String format) throws Exception {
        // Given
        System.out.println("FlinkIT: " + format + ", seed " + SEED);
        Page page = Page.of(servers, "docs/recipes/flink.md");
        TestDatabase database = servers.database();
        try (Connection connection = database.connect()) {
            ShopDatabase.create(connection);
        }
        // So that the key of an order can change.
        database.execute(
                "ALTER TABLE shop.order_lines DROP CONSTRAINT order_lines_order_id_fkey",
                "ALTER TABLE shop.payments DROP CONSTRAINT payments_order_id_fkey");
        if (!format.equals("Flat rows")) {
            database.execute(page.block("Replica identity", "pgsql"));
        }
        TestConnector connector = new TestConnector(worker.rest(), database)
                .without("key.converter.schemas.enable")
                .without("value.converter.schemas.enable");
        page.options(format)
                .forEach((option, value) ->
                        connector.with(option, value.replace("http://registry:8081", registry.url())));
        String result = database.name() + "-revenue";
        String statements = (page.block(format, "sql") + page.block("The query", "sql"))
                .replace("kafka:9092", servers.broker().bootstrapServers())
                .replace("http://registry:8081", registry.url())
                .replace("'shop.shop.", "'" + database.name() + ".shop.")
                .replace("'revenue'", "'" + result + "'")
                .replace("10 s", "1 s");

        // When
        try (TestConnector running = connector.start()) {
            awaitTopics(database.name() + ".shop.orders", database.name() + ".shop.order_lines");
            try (FlinkJob job = servers.sandbox().flink(statements);
                    Topics revenue = new Topics(servers.broker().bootstrapServers(), result);
                    Connection connection = database.connect()) {
                // Then
                awaitResultOf(database, revenue);

                // When
                ShopTraffic traffic = ShopTraffic.on(connection, 1, TrafficMix.WORKING_DAY, SEED);
                act(traffic);
                worker.kill();
                act(traffic);
                worker.start();
                act(traffic);

                // Then
                awaitResultOf(database, revenue);

                // When
                database.execute(
                        "UPDATE shop.order_lines SET line_no = line_no + 100 WHERE order_id % 3 = 0",
                        "DELETE FROM shop.order_lines WHERE order_id % 7 = 0");
                database.transaction(
                        "UPDATE shop.orders SET id = id + 1000000 WHERE id % 5 = 0",
                        "UPDATE shop.order_lines SET order_id = order_id + 1000000 WHERE order_id % 5 = 0");

                // Then
                awaitResultOf(database, revenue);
                assertThat(job.isRunning()).isTrue();
                assertThat(running.taskState()).isEqualTo("RUNNING");
            }
        }
    }

    private static void act(ShopTraffic traffic) {
        for (int i = 0; i < 500; i++) {
            traffic.act();
        }
    }

    private void awaitTopics(String... topics) {
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", servers.broker().bootstrapServers()))) {
            await("topics")
                    .atMost(WaitLimit.LIMIT)
                    .until(() -> admin.listTopics().names().get().containsAll(Set.of(topics)));
        }
    }

    private static void awaitResultOf(TestDatabase database, Topics revenue) throws Exception {
        String expected = database.query(IN_DATABASE);
        await("the result of the database").atMost(WaitLimit.LIMIT).untilAsserted(() -> {
            revenue.readAvailable();
            assertThat(inFlink(revenue)).isEqualTo(expected);
        });
    }

    /** The last row of each key, except for those that were deleted. */
    private static String inFlink(Topics revenue) {
        Map<String, JsonNode> rows = new TreeMap<>();
        for (Change change : revenue.changes()) {
            rows.put(change.key().path("status").asText(), change.value());
        }
        return rows.values().stream()
                .filter(row -> !row.isMissingNode())
                .map(row ->
                        row.path("status").asText() + " " + row.path("orders").asText() + " "
                                + new BigDecimal(row.path("revenue").asText()).setScale(2, RoundingMode.UNNECESSARY))
                .collect(Collectors.joining(", "));
    }
}
