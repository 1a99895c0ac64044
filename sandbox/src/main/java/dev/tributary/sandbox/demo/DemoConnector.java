// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.demo;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.sampledb.ShopDatabase;
import dev.tributary.sandbox.PostgresServer;
import dev.tributary.sandbox.SchemaRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The connector of the demo: its name, its topics, and a configuration such as a user would write. */
final class DemoConnector {

    static final String NAME = "shop";
    static final String DATABASE = "shop";

    private static final String FILE = "connector.json";
    private static final String TOPIC_PREFIX = "demo";

    private DemoConnector() {}

    static List<String> topics() {
        return ShopDatabase.TABLES.stream()
                .map(table -> TOPIC_PREFIX + "." + ShopDatabase.SCHEMA + "." + table)
                .toList();
    }

    /** @param registry where its schemas are, if it writes Avro */
    static Map<String, String> config(PostgresServer postgres, Optional<SchemaRegistry> registry) throws IOException {
        Map<String, String> config = config(postgres);
        registry.ifPresent(server -> {
            for (String part : List.of("key.converter", "value.converter")) {
                config.remove(part + ".schemas.enable");
                config.put(part, "dev.tributary.avro.TributaryAvroConverter");
                config.put(part + ".schema.registry.url", server.url());
            }
        });
        return config;
    }

    private static Map<String, String> config(PostgresServer postgres) throws IOException {
        try (InputStream in = Objects.requireNonNull(DemoConnector.class.getResourceAsStream(FILE))) {
            String filled = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("${postgres.port}", Integer.toString(postgres.port()))
                    .replace("${postgres.user}", PostgresServer.SUPERUSER)
                    .replace("${postgres.database}", DATABASE)
                    .replace("${topic.prefix}", TOPIC_PREFIX);
            return new ObjectMapper().readValue(filled, new TypeReference<LinkedHashMap<String, String>>() {});
        }
    }
}
