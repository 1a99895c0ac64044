// SPDX-License-Identifier: Apache-2.0
package dev.tributary.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real Prometheus, from the operating system's packages, that scrapes one target twice a second. */
final class Prometheus implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int OK = 200;
    private static final int STOP_SECONDS = 20;

    private final Process process;
    private final String url;

    private Prometheus(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    /**
     * Starts it, and returns when it answers.
     *
     * @param target host and port
     * @param directory an empty directory for its data and its log
     */
    static Prometheus scraping(String target, String path, Path directory) throws IOException {
        Path config = directory.resolve("prometheus.yml");
        Files.writeString(config, """
                global: {scrape_interval: 500ms, scrape_timeout: 500ms}
                scrape_configs:
                  - job_name: tributary
                    metrics_path: %s
                    static_configs: [{targets: ["%s"]}]
                """.formatted(path, target));
        String address = "127.0.0.1:" + freePort();
        Process process = new ProcessBuilder(
                        find("prometheus").toString(),
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + directory.resolve("data"),
                        "--web.listen-address=" + address)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("prometheus.log").toFile())
                .start();
        Prometheus prometheus = new Prometheus(process, "http://" + address);
        await("Prometheus").until(() -> process.isAlive() && prometheus.isReady());
        return prometheus;
    }

    /** The path of a program. */
    static Path find(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("This test needs a real Prometheus, and " + program
                        + " is not installed. Install it, on Debian: apt-get install prometheus; on macOS:"
                        + " brew install prometheus."));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private boolean isReady() {
        try {
            return get(url + "/-/ready").statusCode() == OK;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** The values of the result of a query, by the value of a label; the key is empty if a sample does not have it. */
    Map<String, Double> query(String promql, String label) {
        try {
            JsonNode answer = new ObjectMapper()
                    .readTree(get(url + "/api/v1/query?query=" + URLEncoder.encode(promql, UTF_8))
                            .body());
            Map<String, Double> values = new TreeMap<>();
            answer.path("data")
                    .path("result")
                    .forEach(sample -> values.put(
                            sample.path("metric").path(label).asText(),
                            sample.path("value").path(1).asDouble()));
            return values;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gets a page. */
    static HttpResponse<String> get(String address, String... headers) {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address));
            if (headers.length > 0) {
                request.headers(headers);
            }
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
