// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One instance of a sample service, a process with an HTTP port on 127.0.0.1. */
public final class SampleService extends Server {

    /** It has a lower priority than the servers, so an answer can take long on a busy machine. */
    private static final Duration ANSWER = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Kind kind;
    private final Distribution distribution;
    private final Path directory;
    private final int port = LoopbackPort.free();
    private final Map<String, String> environment;

    /** The services. */
    public enum Kind {
        /** A page of orders. */
        ORDER_BOARD("order-board", "dev.tributary.services.orderboard.OrderBoard"),
        /** The revenue per product. */
        SALES("sales", "dev.tributary.services.sales.Sales");

        private final String title;
        private final String mainClass;

        Kind(String title, String mainClass) {
            this.title = title;
            this.mainClass = mainClass;
        }

        String title() {
            return title;
        }
    }

    private SampleService(Builder builder) {
        super(builder.site.log());
        this.kind = builder.kind;
        this.distribution = builder.site.distribution();
        this.directory = builder.site.directory().toAbsolutePath();
        this.environment = new LinkedHashMap<>(builder.environment);
        environment.put("HTTP_HOST", "127.0.0.1");
        environment.put("HTTP_PORT", Integer.toString(port));
        environment.put("STATE_DIR", directory.resolve("state").toString());
    }

    /** The address of its HTTP interface. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Whether it reports that it is healthy. */
    public boolean isHealthy() {
        try {
            return get("/health").statusCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException e) {
            return false;
        }
    }

    /** Sends a GET request and returns the response. */
    public HttpResponse<String> get(String path) throws IOException {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(url().resolve(path)).timeout(ANSWER).build();
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    Launch launch() {
        // With a lower priority than the servers when CPU is scarce, because the demo is about the servers.
        List<String> command = new ArrayList<>(List.of("nice", "env"));
        environment.forEach((name, value) -> command.add(name + "=" + value));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                TemporaryFiles.in(directory),
                "-cp",
                distribution.servicesClasspath(),
                kind.mainClass));
        return new Launch(
                toString(),
                List.of(),
                command,
                directory,
                logFile(),
                () -> get("/health").statusCode() > 0,
                Launch.Ending.JAVA);
    }

    @Override
    public String toString() {
        return kind.title + " on " + url();
    }

    /** Configures a service. */
    public static final class Builder {

        private final Site site;
        private final Kind kind;
        private final Map<String, String> environment = new LinkedHashMap<>();

        Builder(Site site, Kind kind, String bootstrapServers) {
            this.site = site;
            this.kind = kind;
            environment.put("KAFKA_BOOTSTRAP_SERVERS", bootstrapServers);
        }

        /** The prefix of its topics: the connector's {@code topic.prefix} and the schema. */
        public Builder topicPrefix(String prefix) {
            environment.put("TOPIC_PREFIX", prefix);
            return this;
        }

        /** The group whose instances share the work. */
        public Builder group(String group) {
            environment.put("GROUP", group);
            return this;
        }

        /** A property of its Kafka clients. */
        public Builder kafka(String property, String value) {
            environment.put("KAFKA_" + property.toUpperCase(Locale.ROOT).replace('.', '_'), value);
            return this;
        }

        /** How long records of a transaction may be missing before they count as removed. */
        public Builder patience(Duration patience) {
            environment.put("PATIENCE_SECONDS", Long.toString(patience.toSeconds()));
            return this;
        }

        /** Starts the service and returns when it responds. It may not be {@linkplain #isHealthy() healthy} yet. */
        public SampleService start() {
            return site.start(new SampleService(this));
        }
    }
}
