// SPDX-License-Identifier: Apache-2.0
package dev.tributary.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.sandbox.Distribution;
import dev.tributary.sandbox.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./tributary plan} as a process of its own: it says what a start would do, and does none of it. */
class PlanIT {

    private static final String NOTHING_MADE = "SELECT count(*) FROM (SELECT slot_name FROM pg_replication_slots"
            + " WHERE database = current_database() UNION ALL SELECT pubname FROM pg_publication) AS made";

    private final Servers servers = Servers.shared();
    private TestDatabase database;

    @TempDir
    Path directory;

    @BeforeEach
    void aTableAndAPartitionedOne() throws SQLException {
        database = servers.database();
        database.execute(
                "CREATE TABLE customers (id int PRIMARY KEY, email text)",
                "CREATE TABLE orders (id int PRIMARY KEY, note text) PARTITION BY RANGE (id)",
                "CREATE TABLE orders_low PARTITION OF orders FOR VALUES FROM (0) TO (5000)",
                "CREATE TABLE orders_high PARTITION OF orders FOR VALUES FROM (5000) TO (100000)",
                "INSERT INTO customers SELECT i, 'c' || i FROM generate_series(1, 1000) AS i",
                "INSERT INTO orders SELECT i, repeat('x', 100) FROM generate_series(0, 19999) AS i",
                "ANALYZE customers, orders");
    }

    @Test
    void saysWhatAStartWouldDoAndDoesNothing() throws Exception {
        // When
        Planned planned = plan(connector(), "--json");

        // Then
        assertThat(planned.code()).as(planned.output()).isZero();
        JsonNode all = planned.json();
        assertThat(all.path("canStart").asBoolean()).isTrue();
        JsonNode plan = all.path("plan");
        JsonNode orders = named(plan.path("tables"), "public.orders");
        assertThat(orders.path("estimatedRows").asLong()).isBetween(19_000L, 21_000L);
        assertThat(orders.path("bytes").asLong()).isBetween(2_000_000L, 10_000_000L);
        assertThat(orders.path("partitions").findValuesAsText("name"))
                .containsExactlyInAnyOrder("public.orders_low", "public.orders_high");
        assertThat(named(orders.path("partitions"), "public.orders_high")
                        .path("estimatedRows")
                        .asLong())
                .isBetween(14_000L, 16_000L);
        assertThat(named(plan.path("tables"), "public.customers")
                        .path("estimatedRows")
                        .asLong())
                .isEqualTo(1000);
        assertThat(named(plan.path("topics"), database.name() + ".public.orders")
                        .path("partitions")
                        .asText())
                .isEqualTo("12");
        assertThat(named(plan.path("topics"), database.name() + ".public.customers")
                        .path("partitions")
                        .asText())
                .isEqualTo("6");
        JsonNode schemas = named(plan.path("topics"), database.name() + ".public.customers")
                .path("schemas");
        assertThat(schemas.path("key").path("fields").findValuesAsText("field")).containsExactly("id");
        assertThat(schemas.path("value").path("name").asText())
                .isEqualTo(database.name() + ".public.customers.Envelope");
        assertThat(schemas.path("value").path("fields").findValuesAsText("field"))
                .contains("before", "after", "email");
        assertThat(plan.path("slot").path("state").asText()).isEqualTo("will_be_created");
        assertThat(plan.path("publication").path("state").asText()).isEqualTo("will_be_created");
        assertThat(plan.path("publication").path("sql").toString())
                .contains("CREATE PUBLICATION", "public.customers", "public.orders", "publish_via_partition_root");
        JsonNode estimate = plan.path("snapshot").path("estimate");
        assertThat(estimate.path("probe").path("table").asText()).isEqualTo("public.orders");
        assertThat(estimate.path("probe").path("rows").asLong()).isEqualTo(20_000);
        assertThat(estimate.path("secondsOverOneConnection").asLong()).isPositive();
        assertThat(estimate.path("wal").path("retainedBytes").isNumber()).isTrue();
        assertThat(database.query(NOTHING_MADE)).isEqualTo("0");
    }

    @Test
    void theTextNamesTheSameThings() throws Exception {
        // When
        Planned planned = plan(connector(), "--no-probe");

        // Then
        assertThat(planned.code()).as(planned.output()).isZero();
        assertThat(planned.output())
                .contains(
                        "The connector can start",
                        "public.customers: about 1,000 rows",
                        "2 partitions",
                        database.name() + ".public.orders for public.orders: partitions=12, replication.factor=1",
                        "key: id int32",
                        "row: id int32, email string?",
                        database.name() + " will be created",
                        "CREATE PUBLICATION",
                        "Reads 2 tables",
                        "No estimate of the time: --no-probe",
                        "of the worker's heap");
        assertThat(database.query(NOTHING_MADE)).isEqualTo("0");
    }

    @Test
    void aTableThatIsLockedHasNoEstimate() throws Exception {
        // Given
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE orders IN ACCESS EXCLUSIVE MODE");

            // When
            Planned planned = plan(connector());

            // Then
            assertThat(planned.output()).contains("public.orders could not be read (SQLSTATE 55P03)");
        }
    }

    /** The probe reads what a snapshot reads. */
    @Test
    void aRoleThatMayReadOnlyWhatIsSentGetsAnEstimate() throws Exception {
        // Given
        String role = database.name() + "_plan";
        database.execute(
                "ALTER TABLE customers ADD COLUMN secret text",
                "CREATE ROLE \"" + role + "\" LOGIN REPLICATION",
                "GRANT CREATE ON DATABASE \"" + database.name() + "\" TO \"" + role + "\"",
                "GRANT SELECT (id, email) ON customers TO \"" + role + "\"");

        // When
        Planned planned = plan(
                new TestConnector(servers.rest(), database)
                        .tables("public.customers")
                        .with("database.user", role)
                        .with("publication.autocreate.mode", "disabled")
                        .with("column.exclude.list", "public.customers.secret"),
                "--json");

        // Then
        JsonNode plan = planned.json().path("plan");
        assertThat(plan.path("snapshot")
                        .path("estimate")
                        .path("probe")
                        .path("rows")
                        .asLong())
                .as(planned.output())
                .isEqualTo(1000);
        assertThat(named(plan.path("topics"), database.name() + ".public.customers")
                        .toString())
                .contains("email")
                .doesNotContain("secret");
    }

    /** It could be more than one statement, and a plan changes nothing. */
    @Test
    void aSelectOfTheUserIsNotRun() throws Exception {
        // Given
        String more = "SELECT * FROM orders) TO STDOUT; COMMIT; DROP TABLE customers; COPY (SELECT 1";

        // When
        Planned planned = plan(connector().with("snapshot.select.statement.overrides.public.orders", more), "--json");

        // Then
        assertThat(planned.json()
                        .path("plan")
                        .path("snapshot")
                        .path("estimate")
                        .path("probe")
                        .path("table")
                        .asText())
                .as(planned.output())
                .isEqualTo("public.customers");
        assertThat(database.query("SELECT count(*) FROM customers")).isEqualTo("1000");
    }

    @Test
    void aWrongPasswordIsAFindingAndThereIsNoPlan() throws Exception {
        // Given
        PostgresServer strict = servers.newPostgres().passwordRoles("app").start();
        try {
            TestDatabase other = Servers.database(strict);
            other.execute("CREATE ROLE app LOGIN REPLICATION PASSWORD '" + Secrets.newFor("the role app") + "'");
            TestConnector connector = new TestConnector(servers.rest(), other).with("database.user", "app");

            // When
            Planned planned = plan(connector, "--json");

            // Then
            assertThat(planned.code()).isEqualTo(1);
            JsonNode all = planned.json();
            assertThat(all.path("canStart").asBoolean()).isFalse();
            assertThat(all.path("findings").findValuesAsText("severity")).contains("error");
            assertThat(all.path("findings").findValuesAsText("message"))
                    .anyMatch(message -> message.startsWith("database.password: "));
            assertThat(all.path("plan").isNull()).isTrue();
        } finally {
            strict.stop();
        }
    }

    private TestConnector connector() {
        return new TestConnector(servers.rest(), database)
                .tables("public.customers,public.orders")
                .with("publish.via.partition.root", "true")
                .with("topic.creation.groups", "orders")
                .with("topic.creation.orders.include", ".*\\.orders")
                .with("topic.creation.orders.partitions", "12");
    }

    private static JsonNode named(JsonNode nodes, String name) {
        for (JsonNode node : nodes) {
            if (node.path("name").asText().equals(name)) {
                return node;
            }
        }
        throw new AssertionError("nothing is named " + name + " in " + nodes);
    }

    private record Planned(int code, String output) {
        JsonNode json() throws IOException {
            return new ObjectMapper().readTree(output.substring(output.indexOf('{')));
        }
    }

    private Planned plan(TestConnector connector, String... options) throws IOException, InterruptedException {
        Path file = directory.resolve("config.json");
        new ObjectMapper().writeValue(file.toFile(), Map.copyOf(connector.config()));
        Distribution distribution = servers.sandbox().distribution();
        Path output = directory.resolve("output");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Dtributary.home=" + distribution.root(),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "dev.tributary.sandbox.Main",
                "plan",
                file.toString()));
        command.addAll(List.of(options));
        int code = new ProcessBuilder(command)
                .redirectError(directory.resolve("errors").toFile())
                .redirectOutput(output.toFile())
                .start()
                .waitFor();
        return new Planned(code, Files.readString(output, UTF_8));
    }
}
