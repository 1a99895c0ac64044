// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigTransformer;
import org.apache.kafka.common.config.provider.ConfigProvider;
import org.apache.kafka.common.config.provider.DirectoryConfigProvider;
import org.apache.kafka.common.config.provider.EnvVarConfigProvider;
import org.apache.kafka.common.config.provider.FileConfigProvider;
import org.apache.kafka.common.utils.Utils;

/**
 * A connector's configuration in a file, in either form that Connect's REST interface takes. References to the config
 * providers that Kafka has are resolved under their usual names: {@code file}, {@code dir} and {@code env}.
 */
public final class ConnectorFile {

    private static final Map<String, Supplier<ConfigProvider>> PROVIDERS = Map.of(
            "file", FileConfigProvider::new, "dir", DirectoryConfigProvider::new, "env", EnvVarConfigProvider::new);

    private static final ObjectMapper JSON = new ObjectMapper();

    private ConnectorFile() {}

    /**
     * Reads the options: the object itself, or its {@code config} if it also has a {@code name}.
     *
     * @throws UsageException if the file does not exist, is not a JSON object of options, or refers to another file
     *     that cannot be read
     */
    public static Map<String, String> read(Path file) {
        JsonNode tree = parse(file);
        JsonNode options = tree.path("config").isObject() ? tree.path("config") : tree;
        if (!options.isObject()) {
            throw new UsageException(file + " is not a JSON object of connector options");
        }
        Map<String, String> config = new LinkedHashMap<>();
        options.properties().forEach(option -> {
            if (option.getValue().isContainerNode()) {
                throw new UsageException(file + ": option " + option.getKey() + " is not a string, number or boolean");
            }
            if (!option.getValue().isNull()) {
                config.put(option.getKey(), option.getValue().asText());
            }
        });
        return resolved(config);
    }

    /** A reference to another provider, or to a key that does not exist, stays as it is, as in a worker. */
    private static Map<String, String> resolved(Map<String, String> config) {
        Map<String, ConfigProvider> providers = new HashMap<>();
        PROVIDERS.forEach((name, provider) -> {
            ConfigProvider configured = provider.get();
            configured.configure(Map.of());
            providers.put(name, configured);
        });
        try {
            return new ConfigTransformer(providers).transform(config).data();
        } catch (ConfigException e) {
            throw new UsageException("a reference of the configuration cannot be resolved: " + e.getMessage());
        } finally {
            providers.values().forEach(provider -> Utils.closeQuietly(provider, "config provider"));
        }
    }

    private static JsonNode parse(Path file) {
        try {
            return JSON.readTree(Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new UsageException("file " + file + " does not exist");
        } catch (JsonProcessingException e) {
            throw new UsageException(file + " is not JSON: " + e.getOriginalMessage() + ", line "
                    + e.getLocation().getLineNr());
        } catch (IOException e) {
            throw new UsageException(file + " cannot be read: " + e.getMessage());
        }
    }
}
