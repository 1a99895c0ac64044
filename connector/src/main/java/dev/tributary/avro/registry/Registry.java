// SPDX-License-Identifier: Apache-2.0
package dev.tributary.avro.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.HttpURLConnection;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A schema registry. Every method sends at least one request, so what it returns should be kept.
 *
 * <p>Safe for use by several threads. Every method throws {@link RegistryException}.
 */
public final class Registry {

    private final RegistryClient client;

    public Registry(Access access) {
        this.client = new RegistryClient(access);
    }

    /**
     * A version of a subject's schema.
     *
     * @param id the id of the schema
     * @param version the version
     * @param schema the schema, as JSON
     * @param hasRules whether the registry wants values to be changed by rules, to be encrypted for example
     */
    public record Version(int id, int version, String schema, boolean hasRules) {}

    /**
     * Registers a schema unless the subject has it, and returns its id.
     *
     * @param schema an Avro schema as JSON
     * @param normalized whether the registry compares and stores it in a normal form
     */
    public int register(String subject, String schema, boolean normalized) {
        return number(client.post(path(subject) + "/versions" + normalize(normalized), body(schema)), "id");
    }

    /** The version of a subject with a schema; empty if there is none. */
    public Optional<Version> find(String subject, String schema, boolean normalized) {
        try {
            return Optional.of(version(client.post(path(subject) + normalize(normalized), body(schema))));
        } catch (RegistryException e) {
            return missing(e);
        }
    }

    /** The latest version of a subject; empty if there is none. */
    public Optional<Version> latest(String subject) {
        try {
            return Optional.of(version(client.get(path(subject) + "/versions/latest")));
        } catch (RegistryException e) {
            return missing(e);
        }
    }

    private static <T> Optional<T> missing(RegistryException e) {
        if (e.isMissing()) {
            return Optional.empty();
        }
        throw e;
    }

    private static Version version(JsonNode answer) {
        JsonNode rules = answer.path("ruleSet");
        boolean hasRules = !rules.path("domainRules").isEmpty()
                || !rules.path("encodingRules").isEmpty();
        return new Version(number(answer, "id"), number(answer, "version"), text(answer), hasRules);
    }

    private static int number(JsonNode answer, String name) {
        JsonNode number = answer.path(name);
        if (!number.isInt() || number.asInt() < 1) {
            throw notUnderstood(name);
        }
        return number.asInt();
    }

    private static String text(JsonNode answer) {
        if (!answer.path("references").isEmpty()) {
            throw RegistryException.refused(
                    HttpURLConnection.HTTP_OK,
                    "The schema refers to schemas of other subjects, which is not supported");
        }
        JsonNode schema = answer.path("schema");
        if (!schema.isTextual()) {
            throw notUnderstood("schema");
        }
        return schema.asText();
    }

    private static RegistryException notUnderstood(String name) {
        return RegistryException.refused(
                HttpURLConnection.HTTP_OK, "An answer of the schema registry has no valid " + name);
    }

    /**
     * The schema with an id, as JSON.
     *
     * @throws RegistryException also if it is not an Avro schema, or refers to others
     */
    public String schema(int id) {
        JsonNode answer = client.get("/schemas/ids/" + id);
        String type = answer.path("schemaType").asText("AVRO");
        if (!type.equals("AVRO")) {
            throw RegistryException.refused(
                    HttpURLConnection.HTTP_OK, "Schema " + id + " is not of Avro, but of " + type);
        }
        return text(answer);
    }

    /** The version of the schema with an id in a subject; empty if the subject does not have it. */
    public OptionalInt versionOf(int id, String subject) {
        try {
            for (JsonNode entry : client.get("/schemas/ids/" + id + "/versions")) {
                if (entry.path("subject").asText().equals(subject)) {
                    return OptionalInt.of(entry.path("version").asInt());
                }
            }
            return OptionalInt.empty();
        } catch (RegistryException e) {
            if (e.isTransient()) {
                throw e;
            }
            return OptionalInt.empty();
        }
    }

    /** Why a schema is incompatible with the latest version of a subject, in the registry's words, if it says so. */
    public List<String> incompatibilities(String subject, String schema) {
        List<String> reasons = new ArrayList<>();
        client.post("/compatibility" + path(subject) + "/versions/latest?verbose=true", body(schema))
                .path("messages")
                .forEach(message -> reasons.add(message.asText()));
        return reasons;
    }

    /** The compatibility that a subject requires, {@code BACKWARD} for example; empty if it requires none. */
    public Optional<String> compatibility(String subject) {
        return level("/config/" + encoded(subject)).or(() -> level("/config"));
    }

    /** A subject without a setting of its own is missing, or has {@code NONE}, depending on the registry. */
    private Optional<String> level(String path) {
        try {
            String level = client.get(path).path("compatibilityLevel").asText("");
            return level.isEmpty() || level.equals("NONE") ? Optional.empty() : Optional.of(level);
        } catch (RegistryException e) {
            return missing(e);
        }
    }

    private static String path(String subject) {
        return "/subjects/" + encoded(subject);
    }

    private static String encoded(String subject) {
        return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String normalize(boolean normalized) {
        return normalized ? "?normalize=true" : "";
    }

    private static JsonNode body(String schema) {
        return JsonNodeFactory.instance.objectNode().put("schema", schema);
    }
}
