// SPDX-License-Identifier: Apache-2.0
package dev.tributary.services;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The configuration of a service, from environment variables.
 *
 * @param kafka properties of Kafka's clients, such as {@code bootstrap.servers} and those for TLS
 * @param topicPrefix the prefix of the topics: the connector's {@code topic.prefix} and the schema of the shop
 * @param group the group of the instances that share the work
 * @param http the address to listen on
 * @param patience how long records of a transaction may be missing before they count as removed
 */
public record ServiceConfig(
        Map<String, Object> kafka, String topicPrefix, String group, InetSocketAddress http, Duration patience) {

    private static final String OF_KAFKA = "KAFKA_";
    private static final int LARGEST_PORT = 65_535;

    public ServiceConfig {
        kafka = Map.copyOf(kafka);
    }

    /**
     * Reads {@code KAFKA_*}, each a property in capitals with {@code _} for {@code .}; {@code TOPIC_PREFIX}
     * ({@code shop.shop}); {@code GROUP}, for services whose instances share the work; {@code HTTP_HOST} (127.0.0.1)
     * and {@code HTTP_PORT}; {@code PATIENCE_SECONDS} (2).
     *
     * @param service the group if the environment has none
     * @param port the port if the environment has none; 0 for any free port
     * @throws IllegalArgumentException if a variable is missing or wrong; the message says which one
     */
    public static ServiceConfig of(Map<String, String> environment, String service, int port) {
        Map<String, Object> kafka = new LinkedHashMap<>();
        environment.forEach((name, value) -> {
            if (name.startsWith(OF_KAFKA)) {
                String property = name.substring(OF_KAFKA.length()).toLowerCase(Locale.ROOT);
                kafka.put(property.replace('_', '.'), value);
            }
        });
        if (!kafka.containsKey("bootstrap.servers")) {
            throw new IllegalArgumentException("KAFKA_BOOTSTRAP_SERVERS is not set; it must be host:port of a broker");
        }
        return new ServiceConfig(
                kafka,
                environment.getOrDefault("TOPIC_PREFIX", "shop.shop"),
                environment.getOrDefault("GROUP", service),
                new InetSocketAddress(
                        environment.getOrDefault("HTTP_HOST", "127.0.0.1"),
                        port(environment.getOrDefault("HTTP_PORT", Integer.toString(port)))),
                patience(environment.getOrDefault("PATIENCE_SECONDS", "2")));
    }

    private static Duration patience(String text) {
        try {
            int seconds = Integer.parseInt(text);
            if (seconds >= 0) {
                return Duration.ofSeconds(seconds);
            }
        } catch (NumberFormatException e) {
            // Reported below, like a negative number.
        }
        throw new IllegalArgumentException("PATIENCE_SECONDS must be a number of seconds, but is " + text);
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= LARGEST_PORT) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Reported below, like a number that is out of range.
        }
        throw new IllegalArgumentException("HTTP_PORT must be a port, but is " + text);
    }

    /** The topic of a table. */
    public String topic(String table) {
        return topicPrefix + "." + table;
    }

    /** The name of a table in the events of the transaction topic: its schema and its name. */
    public String collection(String table) {
        return topicPrefix.substring(topicPrefix.lastIndexOf('.') + 1) + "." + table;
    }

    /** The connector's topic of the begins and ends of transactions. */
    public String transactionTopic() {
        return topicPrefix.substring(0, topicPrefix.lastIndexOf('.') + 1) + "transaction";
    }
}
