// SPDX-License-Identifier: Apache-2.0
package dev.tributary.avro;

import dev.tributary.avro.registry.Registry;
import dev.tributary.avro.registry.Registry.Version;
import dev.tributary.avro.registry.RegistryException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaParseException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;

/** Has schemas registered, or finds the registered ones, as the options say. */
final class RegisteredSchemas {

    private static final int BEGINNING = 2_000;

    /** Ids take little memory, and without them each record of a schema that the caches have lost asks the registry. */
    private static final int IDS = 100_000;

    private final Registry registry;
    private final Map<String, Integer> ids = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
            return size() > IDS;
        }
    };
    private final boolean registers;
    private final boolean takesLatest;
    private final boolean isStrict;
    private final boolean normalizes;

    RegisteredSchemas(Registry registry, ConverterOptions options) {
        this.registry = registry;
        this.registers = options.getBoolean(ConverterOptions.AUTO_REGISTER);
        this.takesLatest = options.getBoolean(ConverterOptions.USE_LATEST);
        this.isStrict = options.getBoolean(ConverterOptions.LATEST_STRICT);
        this.normalizes = options.getBoolean(ConverterOptions.NORMALIZE);
    }

    /**
     * A schema that the registry has.
     *
     * @param id its id
     * @param schema the schema to write in
     */
    record Registered(int id, Schema schema) {}

    /**
     * The schema to write records of a schema in. For one thread at a time.
     *
     * @throws RetriableException if the registry does not answer
     * @throws DataException if it refuses the schema, or does not have it and must not register it
     */
    Registered of(String subject, Schema schema) {
        try {
            if (takesLatest && !registers) {
                return latest(subject, schema);
            }
            String json = schema.toString();
            String key = subject + ' ' + digest(json);
            Integer known = ids.get(key);
            if (known == null) {
                known = registers ? registry.register(subject, json, normalizes) : found(subject, schema, json);
                ids.put(key, known);
            }
            return new Registered(known, schema);
        } catch (RegistryException e) {
            throw e.isTransient() ? new RetriableException(e.getMessage(), e) : refused(subject, schema, e);
        }
    }

    private static String digest(String json) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(json.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    private int found(String subject, Schema schema, String json) {
        return registry.find(subject, json, normalizes)
                .map(Version::id)
                .orElseThrow(() -> new DataException("Subject " + subject + " does not have the schema of the records, "
                        + "and " + ConverterOptions.AUTO_REGISTER + " is false." + differences(subject, schema)
                        + " Register the schema, or set " + ConverterOptions.AUTO_REGISTER + "=true or "
                        + ConverterOptions.USE_LATEST + "=true. The schema: " + beginning(schema)));
    }

    private Registered latest(String subject, Schema schema) {
        Version version = registry.latest(subject)
                .orElseThrow(() -> new DataException("Subject " + subject + " has no schema, and "
                        + ConverterOptions.AUTO_REGISTER + " is false. Register this one: " + beginning(schema)));
        if (version.hasRules()) {
            throw new DataException("The latest version of subject " + subject
                    + " has rules that change values, such as encryption, which this converter does not apply");
        }
        Schema latest = parsed(version.schema());
        SchemaCompatibilityType compatible = SchemaCompatibility.checkReaderWriterCompatibility(latest, schema)
                .getType();
        if (isStrict && compatible != SchemaCompatibilityType.COMPATIBLE) {
            throw new DataException("The latest version of subject " + subject + ", " + version.version()
                    + ", cannot read the records." + differences(subject, schema) + " Register another version, or set "
                    + ConverterOptions.LATEST_STRICT + "=false if records may be written in it all the same");
        }
        return new Registered(version.id(), latest);
    }

    static Schema parsed(String schema) {
        try {
            // Names and defaults are the registry's concern.
            return new Schema.Parser().setValidateDefaults(false).parse(schema);
        } catch (SchemaParseException e) {
            throw new DataException("The registry has a schema that is not one of Avro: " + e.getMessage(), e);
        }
    }

    private DataException refused(String subject, Schema schema, RegistryException e) {
        if (e.isDenied()) {
            return new DataException(
                    e.getMessage()
                            + ". Check the options basic.auth.* or bearer.auth.*, and what they may do with subject "
                            + subject,
                    e);
        }
        if (e.isElsewhere()) {
            return new DataException(
                    e.getMessage() + ". There is no schema registry with Confluent's API at this URL; that of Apicurio "
                            + "ends with /apis/ccompat/v7",
                    e);
        }
        if (!e.isIncompatible()) {
            return new DataException(
                    "The schema registry refused the schema of subject " + subject + ": " + e.getMessage()
                            + (e.isInvalid() ? invalid(schema) : ""),
                    e);
        }
        StringBuilder message = new StringBuilder("The schema registry refused a new schema of subject " + subject);
        level(subject)
                .ifPresent(level -> message.append(", which must be compatible (")
                        .append(level)
                        .append(')'));
        message.append('.').append(differences(subject, schema));
        List<String> reasons = reasons(subject, schema);
        message.append(" The registry says: ")
                .append(reasons.isEmpty() ? e.answer() : String.join("; ", reasons))
                .append(
                        " To continue, change the compatibility of the subject, and restart the task. If only a default or"
                                + " the permission of null is missing in the table, add it instead");
        return new DataException(message.toString(), e);
    }

    private static String invalid(Schema schema) {
        String hint = AvroNames.isAllowed(ToConnectValue.withoutNull(schema).getFullName())
                ? ""
                : ". Avro forbids its name: set schema.name.adjustment.mode=avro in the connector";
        return hint + ". The schema: " + beginning(schema);
    }

    private Optional<String> level(String subject) {
        try {
            return registry.compatibility(subject);
        } catch (RegistryException e) {
            return Optional.empty();
        }
    }

    private List<String> reasons(String subject, Schema schema) {
        try {
            return registry.incompatibilities(subject, schema.toString());
        } catch (RegistryException e) {
            return List.of();
        }
    }

    /** What changed since the latest version, as a sentence that begins with a space; empty if that is not known. */
    private String differences(String subject, Schema schema) {
        try {
            return registry.latest(subject)
                    .map(version -> sentence(version, schema))
                    .orElse("");
        } catch (RegistryException | DataException e) {
            return "";
        }
    }

    private static String sentence(Version version, Schema schema) {
        List<String> changes = SchemaChanges.between(parsed(version.schema()), schema);
        return " Since version " + version.version() + ", "
                + (changes.isEmpty() ? "only properties or defaults changed" : String.join(", ", changes)) + '.';
    }

    private static String beginning(Schema schema) {
        String text = schema.toString();
        return text.length() <= BEGINNING ? text : text.substring(0, BEGINNING) + "…";
    }
}
