// SPDX-License-Identifier: Apache-2.0
package dev.tributary.services.sales;

import dev.tributary.services.HttpApi;
import dev.tributary.services.HttpApi.Response;
import dev.tributary.services.Instance;
import dev.tributary.services.ServiceConfig;
import dev.tributary.services.TopicReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.LogAndContinueExceptionHandler;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service: writes the sales of each product in each minute to the topic {@code GROUP.revenue}, and serves
 *
 * <ul>
 *   <li>{@code /api/revenue}, {@code /api/revenue/MINUTES}: the last minutes with sales, 60 by default
 *   <li>{@code /health}: 200 while it runs, 503 before and after
 * </ul>
 *
 * <p>Instances share the partitions. Each instance serves the results of all.
 */
public final class Sales implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Sales.class);
    private static final int PORT = 8091;
    private static final String NAME = "sales";
    private static final String PATH = "/api/revenue";
    private static final int MINUTES = 60;
    private static final int PARTITIONS = 6;
    private static final Duration CLOSING = Duration.ofSeconds(20);

    private final RevenueView view = new RevenueView();
    private final KafkaStreams streams;
    private final TopicReader written;
    private final HttpApi http;
    private final ServiceConfig config;
    private final SalesTopology topology;
    private final Thread starter = new Thread(this::startStreams, "start streams");

    private Sales(ServiceConfig config, Path state) throws IOException {
        this.config = config;
        this.topology =
                new SalesTopology(config.topic("order_lines"), config.topic("products"), config.group() + ".revenue");
        this.streams = new KafkaStreams(topology.build(), properties(config, state));
        streams.setUncaughtExceptionHandler(failure -> {
            // With exactly-once, the next instance to start repeats everything that was not committed.
            Instance.crash("A thread of Kafka Streams failed", failure);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
        this.written = TopicReader.whole(config, topology.revenue(), view);
        this.http = new HttpApi(config.http());
    }

    /** Reads {@link ServiceConfig#of}, and {@code STATE_DIR}: the directory for the state of Kafka Streams. */
    public static void main(String[] arguments) throws InterruptedException {
        Instance.run(() -> {
            Map<String, String> environment = System.getenv();
            return start(
                    ServiceConfig.of(environment, NAME, PORT),
                    Path.of(environment.getOrDefault("STATE_DIR", System.getProperty("java.io.tmpdir") + "/sales")));
        });
    }

    /** Starts the service. It serves requests when this returns; {@code /health} reports when it is running. */
    public static Sales start(ServiceConfig config, Path state) throws IOException {
        Sales service = new Sales(config, state);
        service.http
                .json("/health", rest -> service.health())
                .json(PATH, service::revenue)
                .start();
        service.starter.start();
        return service;
    }

    @Override
    public void close() {
        starter.interrupt();
        try {
            starter.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        streams.close(CloseOptions.timeout(CLOSING)
                .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
        written.close();
        http.close();
    }

    private void startStreams() {
        try (Admin admin = Admin.create(config.kafka())) {
            SalesTopics topics = new SalesTopics(admin);
            topics.create(topology.revenue(), PARTITIONS);
            topics.await(Set.of(topology.lines(), topology.products()));
            streams.start();
            written.start();
        } catch (InterruptedException e) {
            LOG.info("Closed before Kafka Streams started");
        } catch (Exception e) {
            Instance.crash("Kafka Streams cannot start", e);
        }
    }

    private static Properties properties(ServiceConfig config, Path state) {
        Properties properties = new Properties();
        properties.putAll(config.kafka());
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, config.group());
        properties.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
        // A sum that counts a change twice would stay wrong.
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        properties.put(
                StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, LogAndContinueExceptionHandler.class);
        properties.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
        return properties;
    }

    private Response health() {
        Map<String, Object> health = new LinkedHashMap<>();
        boolean up = streams.state() == KafkaStreams.State.RUNNING && written.isReady();
        health.put("status", up ? "UP" : "DOWN");
        health.put("streams", streams.state());
        return up ? Response.ok(health) : Response.unavailable(health);
    }

    private Response revenue(String rest) {
        String minutes = rest.startsWith("/") ? rest.substring(1) : rest;
        try {
            int count = minutes.isEmpty() ? MINUTES : Integer.parseInt(minutes);
            if (count >= 0) {
                return Response.ok(view.latest(count));
            }
        } catch (NumberFormatException e) {
            // Reported below, like a negative number.
        }
        return Response.notFound("expected a number of minutes, such as " + PATH + "/5");
    }
}
