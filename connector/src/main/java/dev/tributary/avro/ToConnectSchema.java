// SPDX-License-Identifier: Apache-2.0
package dev.tributary.avro;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Translates one Avro schema to Connect, to the same schema that Confluent's converter makes of it. */
final class ToConnectSchema {

    private static final Logger LOG = LoggerFactory.getLogger(ToConnectSchema.class);

    private final SchemaOptions options;
    private final AvroNames names;
    private final ToConnectDefault defaults;

    /** The records that are being translated. */
    private final Set<String> open = new HashSet<>();

    private ToConnectSchema(SchemaOptions options) {
        this.options = options;
        this.names = new AvroNames(options.scrubbed());
        this.defaults = new ToConnectDefault(names);
    }

    /**
     * Translates a schema.
     *
     * @param version the version that the registry gave the schema; null if it is not known
     * @throws DataException if Connect has no such schema
     */
    static org.apache.kafka.connect.data.Schema of(Schema avro, SchemaOptions options, @Nullable Integer version) {
        return new ToConnectSchema(options).translated(avro, false, null, version);
    }

    /**
     * Translates a schema.
     *
     * @param optional whether it is a member of a union
     * @param fieldDefault the default of the field that has the schema; null if there is none
     */
    private org.apache.kafka.connect.data.Schema translated(
            Schema avro, boolean optional, @Nullable Object fieldDefault, @Nullable Integer version) {
        if (isNullable(avro)) {
            return translated(ToConnectValue.withoutNull(avro), true, null, null);
        }
        if (avro.getType() == Schema.Type.UNION && avro.getTypes().size() == 1) {
            return translated(avro.getTypes().get(0), optional, null, null);
        }
        SchemaBuilder builder = builder(avro);
        if (options.metadata() && avro.getProp("connect.doc") != null) {
            builder.doc(avro.getProp("connect.doc"));
        }
        addVersion(avro, version, builder);
        addParameters(avro, builder);
        addDefault(avro, fieldDefault, builder);
        addName(avro, builder);
        if (optional) {
            builder.optional();
        }
        return builder.build();
    }

    private static boolean isNullable(Schema avro) {
        return avro.getType() == Schema.Type.UNION
                && avro.getTypes().size() == 2
                && avro.getTypes().stream().anyMatch(member -> member.getType() == Schema.Type.NULL);
    }

    private SchemaBuilder builder(Schema avro) {
        String logical = avro.getProp("logicalType");
        return switch (avro.getType()) {
            case BOOLEAN -> SchemaBuilder.bool();
            case INT -> integer(avro, logical);
            case LONG -> "timestamp-millis".equalsIgnoreCase(logical) ? Timestamp.builder() : SchemaBuilder.int64();
            case FLOAT -> SchemaBuilder.float32();
            case DOUBLE -> SchemaBuilder.float64();
            case STRING -> SchemaBuilder.string();
            case ENUM -> enumeration(avro);
            case BYTES -> bytes(avro, logical);
            case FIXED -> bytes(avro, logical).parameter(AvroNames.FIXED_SIZE, String.valueOf(avro.getFixedSize()));
            case ARRAY -> array(avro);
            case MAP ->
                SchemaBuilder.map(
                        org.apache.kafka.connect.data.Schema.STRING_SCHEMA,
                        translated(avro.getValueType(), false, null, null));
            case RECORD -> record(avro);
            case UNION -> union(avro);
            case NULL -> throw new DataException("Connect has no schema for Avro's null outside of a union");
        };
    }

    private static SchemaBuilder integer(Schema avro, @Nullable String logical) {
        if ("date".equalsIgnoreCase(logical)) {
            return Date.builder();
        }
        if ("time-millis".equalsIgnoreCase(logical)) {
            return Time.builder();
        }
        String type = logical == null ? avro.getProp("connect.type") : null;
        return switch (type == null ? "int32" : type) {
            case "int32" -> SchemaBuilder.int32();
            case "int16" -> SchemaBuilder.int16();
            case "int8" -> SchemaBuilder.int8();
            default -> throw new DataException("An int of Avro cannot be of Connect's type " + type);
        };
    }

    private static SchemaBuilder bytes(Schema avro, @Nullable String logical) {
        if (!"decimal".equalsIgnoreCase(logical)) {
            return SchemaBuilder.bytes();
        }
        int scale = avro.getObjectProp("scale") instanceof Number number ? number.intValue() : 0;
        SchemaBuilder decimal = Decimal.builder(scale);
        if (avro.getObjectProp("precision") instanceof Number number
                && number.intValue() != AvroNames.DEFAULT_PRECISION) {
            decimal.parameter(AvroNames.PRECISION, String.valueOf(number.intValue()));
        }
        return decimal;
    }

    private SchemaBuilder enumeration(Schema avro) {
        SchemaBuilder builder = SchemaBuilder.string();
        if (options.metadata()) {
            if (avro.getDoc() != null) {
                builder.parameter(AvroNames.ENUM_DOC + avro.getName(), avro.getDoc());
            }
            if (avro.getEnumDefault() != null) {
                builder.parameter(AvroNames.ENUM_DEFAULT + avro.getName(), avro.getEnumDefault());
            }
        }
        builder.parameter(AvroNames.ENUM, avro.getFullName());
        avro.getEnumSymbols().forEach(symbol -> builder.parameter(AvroNames.ENUM + '.' + symbol, symbol));
        return builder;
    }

    private SchemaBuilder array(Schema avro) {
        Schema element = avro.getElementType();
        if (!isMapEntry(element)) {
            return SchemaBuilder.array(translated(element, false, null, null));
        }
        return SchemaBuilder.map(
                translated(element.getField(AvroNames.KEY).schema(), false, null, null),
                translated(element.getField(AvroNames.VALUE).schema(), false, null, null));
    }

    private static boolean isMapEntry(Schema element) {
        return element.getType() == Schema.Type.RECORD
                && (element.getFullName().equals(AvroNames.NAMESPACE + '.' + AvroNames.MAP_ENTRY)
                        || AvroNames.MAP_ENTRY.equals(element.getProp("connect.internal.type")));
    }

    private SchemaBuilder record(Schema avro) {
        if (!open.add(avro.getFullName())) {
            throw new DataException("Record " + avro.getFullName() + " contains itself, which no Connect schema can");
        }
        SchemaBuilder builder = SchemaBuilder.struct();
        if (options.metadata() && avro.getDoc() != null) {
            builder.parameter(AvroNames.RECORD_DOC, avro.getDoc());
        }
        for (Schema.Field field : avro.getFields()) {
            if (options.metadata() && field.doc() != null) {
                builder.parameter(AvroNames.FIELD_DOC + field.name(), field.doc());
            }
            builder.field(field.name(), translated(field.schema(), false, defaultOf(field), null));
        }
        open.remove(avro.getFullName());
        return builder;
    }

    private static @Nullable Object defaultOf(Schema.Field field) {
        try {
            return field.defaultVal();
        } catch (AvroRuntimeException e) {
            LOG.warn("Field {} has an invalid default, which is ignored", field.name());
            return null;
        }
    }

    private SchemaBuilder union(Schema avro) {
        SchemaBuilder builder = SchemaBuilder.struct().name(AvroNames.UNION);
        for (Schema member : avro.getTypes()) {
            if (member.getType() == Schema.Type.NULL) {
                builder.optional();
                continue;
            }
            String name = names.memberOf(member, options.enhanced());
            if (builder.field(name) != null) {
                throw new DataException("Two members of the union " + avro + " would be the same field " + name
                        + "; with enhanced.avro.schema.support=true, fields have full names");
            }
            builder.field(name, translated(member, true, null, null));
        }
        return builder;
    }

    /** The version of the producer's own schema comes before that of the registry. */
    private static void addVersion(Schema avro, @Nullable Integer version, SchemaBuilder builder) {
        Object own = avro.getObjectProp("connect.version");
        Integer chosen = own instanceof Number number ? (Integer) number.intValue() : version;
        if (chosen == null || chosen < 0) {
            return;
        }
        if (builder.version() == null) {
            builder.version(chosen);
        } else if (!builder.version().equals(chosen)) {
            throw new DataException("Schema " + avro.getName() + " has version " + chosen
                    + ", but its logical type has version " + builder.version());
        }
    }

    private void addParameters(Schema avro, SchemaBuilder builder) {
        if (options.metadata() && avro.getObjectProp("connect.parameters") instanceof Map<?, ?> parameters) {
            parameters.forEach((name, value) -> builder.parameter((String) name, String.valueOf(value)));
        }
        avro.getObjectProps().forEach((name, value) -> {
            if (name.startsWith("avro")) {
                builder.parameter(name, value.toString());
            }
        });
    }

    private void addDefault(Schema avro, @Nullable Object fieldDefault, SchemaBuilder builder) {
        Object connects = avro.getObjectProp("connect.default");
        if (fieldDefault != null && connects == null && options.metadata()) {
            builder.parameter(AvroNames.FIELD_DEFAULT, "true");
        }
        Object chosen = fieldDefault == null ? connects : fieldDefault;
        if (chosen == null || chosen == JsonProperties.NULL_VALUE) {
            return;
        }
        try {
            builder.defaultValue(defaults.of(builder, avro, chosen));
        } catch (DataException | ClassCastException e) {
            LOG.warn("Schema {} has an invalid default, which is ignored", avro.getName());
        }
    }

    private void addName(Schema avro, SchemaBuilder builder) {
        String name = avro.getProp("connect.name");
        if (name == null) {
            boolean isNamed = Set.of(Schema.Type.RECORD, Schema.Type.ENUM, Schema.Type.FIXED)
                    .contains(avro.getType());
            name = isNamed ? avro.getFullName() : null;
        }
        if (name == null || name.startsWith(AvroNames.NAMESPACE + '.' + AvroNames.UNNAMED)) {
            return;
        }
        if (builder.name() == null) {
            builder.name(name);
        } else if (!builder.name().equals(name) && avro.getType() != Schema.Type.FIXED) {
            throw new DataException("A schema named " + name + " has the logical type " + builder.name());
        }
    }
}
