// SPDX-License-Identifier: Apache-2.0
package dev.tributary.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.sandbox.ConnectWorker;
import dev.tributary.sandbox.PostgresServer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The console in a real worker, as a person sees it in a real browser. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleIT {

    static final String EXTENSION = "dev.tributary.console.ConsoleExtension";

    private final Servers servers = Servers.shared();
    private final PostgresServer postgres = servers.newPostgres()
            .setting("max_slot_wal_keep_size", "64MB")
            .setting("min_wal_size", "32MB")
            .setting("max_wal_size", "32MB")
            .start();
    private final ConnectWorker worker = servers.worker("console")
            .property("rest.extension.classes", EXTENSION)
            .property("console.actions", "true")
            .start();
    private final ConsolePage page = new ConsolePage(worker.restUrl());

    @AfterAll
    void stop() {
        page.close();
        worker.close();
        postgres.close();
    }

    private TestConnector connector(TestDatabase database) {
        return new TestConnector(worker.rest(), database).with("wal.guard.interval.ms", "500");
    }

    @Test
    void aRunningConnectorIsShownPausedAndResumed() throws Exception {
        // Given
        TestDatabase database = Servers.database(postgres);
        database.execute("CREATE TABLE \"<b>item</b>\" (id serial PRIMARY KEY, secret text, \"<i>x</i>\" text)");
        database.execute("INSERT INTO \"<b>item</b>\" (secret) SELECT 'old ' || i FROM generate_series(1, 50) AS i");
        try (TestConnector connector = connector(database).start();
                Topics topics = new Topics(servers, connector)) {
            topics.await(50);
            database.execute("INSERT INTO \"<b>item</b>\" (secret) VALUES ('4111-1111 <img src=x>')");
            database.execute("INSERT INTO \"<b>item</b>\" (secret) VALUES (repeat('wide', 225000))");
            topics.await(52);

            // When
            page.open("");

            // Then
            await("the overview").until(() -> page.text("main table").contains(connector.name()));
            assertThat(page.text("main table")).contains("running");
            page.screenshot("overview");

            // When
            page.click("main table a");

            // Then
            await("its page").until(() -> page.text("h2").equals(connector.name()));
            await("its slot").until(() -> page.text(".facts").contains("of 64 MB"));
            await("its charts").until(() -> !page.all(".chart canvas").isEmpty());
            page.screenshot("connector");

            // When
            page.click("#samples summary");
            page.click("#load-samples");

            // Then
            await("the sample").until(() -> page.text("#samples table").contains("secret: •"));
            assertThat(page.source()).doesNotContain("4111-1111").doesNotContain("widewide");
            assertThat(page.all("main img, main b, main i")).isEmpty();
            assertThat(page.text("main")).contains("<i>x</i>: •");

            // When
            page.click("#check");

            // Then
            await("the check").until(() -> page.text("#findings").contains("Check of"));

            // When
            page.click("#pause");
            assertThat(page.text("dialog")).contains("the slot is lost");
            page.click("#confirm");

            // Then
            await("what was done").until(() -> page.text("#toast").equals("Done"));
            await("paused").until(() -> connector.connectorState().equals("PAUSED"));
            await("shown as paused").until(() -> page.text(".title").contains("paused"));

            // When
            page.click("#resume");
            page.click("#confirm");

            // Then
            await("running").until(() -> page.text(".title").contains("running"));
            page.assertNoComplaints();
        }
        await("no longer there").until(() -> page.text("main").contains("no Postgres connector of this name"));
    }

    @Test
    void theBarOfASnapshotMoves() throws Exception {
        // Given
        TestDatabase database = Servers.database(postgres);
        database.execute("CREATE TABLE big (id int PRIMARY KEY, filler text)");
        database.execute(
                "INSERT INTO big SELECT i, md5(i::text) || repeat('x', 1868) FROM generate_series(1, 30000) AS i");
        database.execute("ANALYZE");
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", servers.broker().bootstrapServers()))) {
            // The broker lets through what it allows for eleven seconds, and then nothing for as long.
            limitProducer(admin, database.name(), 1_000_000.0);
            try (TestConnector connector = connector(database)
                    // The bar moves when a chunk is done; these are read one after another.
                    .with("snapshot.max.threads", "1")
                    .with("max.queue.size", "2048")
                    .with("max.batch.size", "512")
                    .with("producer.override.buffer.memory", "1000000")
                    .with("producer.override.batch.size", "16384")
                    .put()) {

                // When
                page.open("");
                page.click("main table a[href='#/" + connector.name() + "']");

                // Then
                Set<String> seen = new TreeSet<>();
                await("a bar that moves").until(() -> {
                    seen.add(page.read("'at ' + element.value", "#snapshot progress"));
                    seen.remove("");
                    return seen.size() >= 2;
                });
                assertThat(page.text("#snapshot")).contains("of about 30,000 rows");
                page.screenshot("snapshot");
                limitProducer(admin, database.name(), null);
                await("its end").until(() -> page.text(".title").contains("running"));
                page.assertNoComplaints();
            }
        }
    }

    /** @param bytesPerSecond null for no limit */
    private static void limitProducer(Admin admin, String connector, @Nullable Double bytesPerSecond) throws Exception {
        ClientQuotaEntity producer =
                new ClientQuotaEntity(Map.of(ClientQuotaEntity.CLIENT_ID, "connector-producer-" + connector + "-0"));
        admin.alterClientQuotas(List.of(new ClientQuotaAlteration(
                        producer, List.of(new ClientQuotaAlteration.Op("producer_byte_rate", bytesPerSecond)))))
                .all()
                .get();
    }

    @Test
    void aPlanIsMadeOfAPastedConfiguration() throws Exception {
        // Given
        TestDatabase database = Servers.database(postgres);
        database.execute("CREATE TABLE \"<b>item</b>\" (id int PRIMARY KEY, price numeric(8, 2))");
        database.execute("INSERT INTO \"<b>item</b>\" SELECT i, 1 FROM generate_series(1, 500) AS i", "ANALYZE");
        String configuration =
                new ObjectMapper().writeValueAsString(connector(database).config());
        page.open("#plan");
        await("the form").until(() -> !page.all("#configuration").isEmpty());

        // When
        page.all("#configuration").get(0).sendKeys(configuration);
        page.click("#make-plan");

        // Then
        await("the plan").until(() -> page.text("#plan").contains("CREATE PUBLICATION"));
        assertThat(page.text("#plan-findings")).contains("The connector can start");
        assertThat(page.text("#plan"))
                .contains("public.<b>item</b>", "500", "will be created", database.name() + ".public.");
        page.click("#plan details summary");
        await("a schema").until(() -> page.text("#plan details").contains("Decimal (scale 2)"));
        page.screenshot("plan");
        assertThat(database.query("SELECT count(*) FROM pg_replication_slots WHERE database = current_database()"))
                .isEqualTo("0");
        page.assertNoComplaints();

        // When
        page.all("#configuration").get(0).clear();
        page.all("#configuration").get(0).sendKeys("{\"database.hostname\": \"127.0.0.1\"}");
        page.click("#make-plan");

        // Then
        await("what is missing").until(() -> page.text("#plan-findings").contains("The connector cannot start"));
        assertThat(page.text("#plan-findings")).contains("topic.prefix: ", "database.user: ");
        assertThat(page.all("#plan")).isEmpty();
    }

    @Test
    void aLostSlotShowsCauseAndFix() throws Exception {
        // Given
        TestDatabase database = Servers.database(postgres);
        database.execute("CREATE TABLE item (id serial PRIMARY KEY, note text)");
        try (TestConnector connector = connector(database).start()) {
            worker.rest().stop(connector.name());
            await("stopped").until(() -> connector.connectorState().equals("STOPPED"));
            page.open("#/" + connector.name());

            // When
            await("lost").until(() -> {
                database.execute("INSERT INTO item (note) SELECT string_agg(md5(random()::text), '')"
                        + " FROM generate_series(1, 100) AS row, generate_series(1, 300) GROUP BY row");
                database.execute("CHECKPOINT");
                return page.text(".title").contains("slot lost");
            });

            // Then
            assertThat(page.text("main")).contains("is lost: the server has removed WAL", "Fix:");
            page.screenshot("slot-lost");

            // When
            page.click("#reset");
            assertThat(page.text("dialog")).contains("It forgets its position");
            page.click("#cancel");
            worker.rest().resume(connector.name());

            // Then
            await("failed").until(() -> connector.taskState().equals("FAILED"));
            await("shown as failed, with the fix")
                    .until(() -> page.text(".notice.bad").contains("Failed")
                            && page.text(".notice.bad").contains("Fix:"));
            page.screenshot("failed");
            page.resize(390, 844);
            page.screenshot("failed-phone");
            page.resize(1280, 900);
            page.assertNoComplaints();
        }
    }
}
