// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox;

import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Apicurio's schema registry on 127.0.0.1. It keeps schemas in memory, so they are gone when it ends. */
public final class SchemaRegistry extends Server {

    private static final Duration ANSWER = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path jar;
    private final Path directory;
    private final int port = LoopbackPort.free();

    private SchemaRegistry(Builder builder) {
        super(builder.site.log());
        this.jar = builder.site.distribution().registry();
        this.directory = builder.site.directory().toAbsolutePath();
    }

    /** The URL of the API that Confluent's registry has as well: {@code schema.registry.url}. */
    public String url() {
        return root() + "/apis/ccompat/v7";
    }

    /** The URL of its own API. */
    public String nativeUrl() {
        return root() + "/apis/registry/v2";
    }

    private String root() {
        return "http://127.0.0.1:" + port;
    }

    @Override
    Launch launch() {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                TemporaryFiles.in(directory),
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=" + port,
                "-jar",
                jar.toString());
        return new Launch(toString(), List.of(), command, directory, logFile(), this::isReady, Launch.Ending.JAVA);
    }

    private boolean isReady() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url() + "/subjects"))
                .timeout(ANSWER)
                .build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == HttpURLConnection.HTTP_OK;
    }

    @Override
    public String toString() {
        return "schema registry on 127.0.0.1:" + port;
    }

    /** Configures a registry. */
    public static final class Builder {

        private final Site site;

        Builder(Site site) {
            this.site = site;
        }

        /** Starts the registry and returns when it answers. */
        public SchemaRegistry start() {
            return site.start(new SchemaRegistry(this));
        }
    }
}
