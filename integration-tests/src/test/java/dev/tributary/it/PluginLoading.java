// SPDX-License-Identifier: Apache-2.0
package dev.tributary.it;

import dev.tributary.sandbox.ConnectWorker;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The plugin directory from which a worker loads a connector that several directories have.
 *
 * @param worker a worker that logs its choice
 * @param from the index in its log at which that begins
 */
record PluginLoading(ConnectWorker worker, int from) {

    private static final String LOGGER = "org.apache.kafka.connect.runtime.isolation";

    /** Makes the worker log its choices (KIP-495). */
    static PluginLoading watch(ConnectWorker worker) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(worker.restUrl().resolve("/admin/loggers/" + LOGGER))
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString("{\"level\":\"DEBUG\"}"))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != HttpURLConnection.HTTP_OK) {
            throw new IOException("Log level not set: " + answer.body());
        }
        return new PluginLoading(worker, Files.readString(worker.logFile()).length());
    }

    /** The directories of {@code plugin.path} from which a connector class has been loaded since then. */
    Set<Path> directoriesOf(String connectorClass) throws IOException {
        Pattern chosen = Pattern.compile(
                "PluginClassLoader\\{pluginLocation=([^}]+)}' for connector: " + Pattern.quote(connectorClass));
        return chosen.matcher(Files.readString(worker.logFile()).substring(from))
                .results()
                .map(match -> Path.of(URI.create(match.group(1))).resolveSibling("."))
                .map(Path::normalize)
                .collect(Collectors.toSet());
    }
}
