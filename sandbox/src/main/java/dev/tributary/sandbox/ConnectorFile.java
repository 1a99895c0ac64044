// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A connector's configuration in a file, in either form that Connect's REST interface takes. */
public final class ConnectorFile {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ConnectorFile() {}

    /**
     * Reads the options: the object itself, or its {@code config} if it also has a {@code name}.
     *
     * @throws UsageException if the file does not exist or is not a JSON object of options
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
        return config;
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
