// SPDX-License-Identifier: Apache-2.0
package dev.tributary.avro;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.AvroTypeException;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;
import org.apache.kafka.connect.data.ConnectSchema;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Field;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Translates one Connect schema to Avro, to the same schema that Confluent's converter makes of it, so that a subject
 * gets no new version when the converter is changed. What Avro cannot express is in properties that begin with
 * {@code connect.}.
 */
final class ToAvroSchema {

    private static final Logger LOG = LoggerFactory.getLogger(ToAvroSchema.class);

    private static final String INTERNAL_TYPE = "connect.internal.type";

    private final SchemaOptions options;
    private final AvroNames names;
    private final ToAvroDefault defaults;
    private final SchemaProperties properties;

    /** Avro allows one definition of a name, so a schema that appears again is the same object. */
    private final Map<org.apache.kafka.connect.data.Schema, Schema> known = new HashMap<>();

    private final Map<String, Schema> recordsByName = new HashMap<>();
    private int unnamed;

    private ToAvroSchema(SchemaOptions options) {
        this.options = options;
        this.names = new AvroNames(options.scrubbed());
        this.defaults = new ToAvroDefault(names);
        this.properties = new SchemaProperties(options.metadata(), defaults);
    }

    /** @throws org.apache.avro.SchemaParseException if Avro forbids a name */
    static Schema of(org.apache.kafka.connect.data.Schema schema, SchemaOptions options) {
        return new ToAvroSchema(options).translated(schema, false);
    }

    /** @param asRequired whether the schema is translated as if it were not optional */
    private Schema translated(org.apache.kafka.connect.data.Schema schema, boolean asRequired) {
        boolean shared = !AvroNames.isUnion(schema) && !schema.isOptional();
        Schema before = shared ? known.get(schema) : null;
        if (before != null) {
            return before;
        }
        Schema base = base(schema);
        Schema translated = base;
        if (base.getType() != Schema.Type.UNION) {
            properties.addTo(base, schema);
            translated = asRequired ? base : withNull(schema, base);
        }
        if (!schema.isOptional()) {
            known.put(schema, translated);
        }
        return translated;
    }

    /** The first member of a union is the one that the default belongs to. */
    private static Schema withNull(org.apache.kafka.connect.data.Schema schema, Schema base) {
        if (!schema.isOptional()) {
            return base;
        }
        Schema none = Schema.create(Schema.Type.NULL);
        return schema.defaultValue() == null ? Schema.createUnion(none, base) : Schema.createUnion(base, none);
    }

    /** The same for an element or a member, which can be a record that was defined before. */
    private Schema nested(org.apache.kafka.connect.data.Schema schema, boolean asRequired) {
        Schema before = schema.name() == null ? null : recordsByName.get(schema.name());
        if (before == null) {
            return translated(schema, asRequired);
        }
        return asRequired ? before : withNull(schema, before);
    }

    private Schema base(org.apache.kafka.connect.data.Schema schema) {
        return switch (schema.type()) {
            case INT8, INT16, INT32 -> Schema.create(Schema.Type.INT);
            case INT64 -> Schema.create(Schema.Type.LONG);
            case FLOAT32 -> Schema.create(Schema.Type.FLOAT);
            case FLOAT64 -> Schema.create(Schema.Type.DOUBLE);
            case BOOLEAN -> Schema.create(Schema.Type.BOOLEAN);
            case STRING ->
                options.enhanced() && AvroNames.isEnum(schema)
                        ? enumeration(schema)
                        : Schema.create(Schema.Type.STRING);
            case BYTES -> bytes(schema);
            case ARRAY -> Schema.createArray(nested(schema.valueSchema(), false));
            case MAP ->
                AvroNames.hasStringKeys(schema)
                        ? Schema.createMap(nested(schema.valueSchema(), false))
                        : Schema.createArray(entry(schema));
            case STRUCT -> struct(schema);
        };
    }

    private Schema enumeration(org.apache.kafka.connect.data.Schema schema) {
        String prefix = AvroNames.ENUM + '.';
        List<String> symbols = schema.parameters().keySet().stream()
                .filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()))
                .toList();
        String name = name(schema.name()).simple();
        return Schema.createEnum(
                AvroNames.parameter(schema, AvroNames.ENUM),
                AvroNames.parameter(schema, AvroNames.ENUM_DOC + name),
                null,
                symbols,
                AvroNames.parameter(schema, AvroNames.ENUM_DEFAULT + name));
    }

    private Schema bytes(org.apache.kafka.connect.data.Schema schema) {
        Schema bytes = AvroNames.isFixed(schema) ? fixed(schema) : Schema.create(Schema.Type.BYTES);
        if (Decimal.LOGICAL_NAME.equalsIgnoreCase(schema.name())) {
            bytes.addProp("scale", SchemaProperties.scale(schema));
            bytes.addProp("precision", SchemaProperties.precision(schema));
        }
        return bytes;
    }

    private Schema fixed(org.apache.kafka.connect.data.Schema schema) {
        AvroNames.Name name = names.of(schema.name());
        int size = Integer.parseInt(schema.parameters().get(AvroNames.FIXED_SIZE));
        return Schema.createFixed(name.simple(), null, name.space(), size);
    }

    private AvroNames.Name name(@Nullable String name) {
        if (name != null) {
            return names.of(name);
        }
        unnamed++;
        return new AvroNames.Name(AvroNames.NAMESPACE, AvroNames.UNNAMED + (unnamed > 1 ? unnamed : ""));
    }

    /** The entries of a map whose keys are not strings. */
    private Schema entry(org.apache.kafka.connect.data.Schema map) {
        Schema entry;
        if (map.name() == null) {
            entry = Schema.createRecord(AvroNames.MAP_ENTRY, null, AvroNames.NAMESPACE, false);
        } else {
            AvroNames.Name name = names.of(map.name());
            entry = Schema.createRecord(name.simple(), null, name.space(), false);
            entry.addProp(INTERNAL_TYPE, AvroNames.MAP_ENTRY);
        }
        Schema.Field key = field(AvroNames.KEY, map.keySchema(), null);
        Schema.Field value = field(AvroNames.VALUE, map.valueSchema(), null);
        entry.setFields(List.of(key, value));
        return entry;
    }

    private Schema struct(org.apache.kafka.connect.data.Schema schema) {
        if (AvroNames.isUnion(schema)) {
            List<Schema> members = new ArrayList<>();
            if (schema.isOptional()) {
                members.add(Schema.create(Schema.Type.NULL));
            }
            schema.fields().forEach(field -> members.add(nested(required(field.schema()), true)));
            return Schema.createUnion(members);
        }
        if (schema.isOptional()) {
            return Schema.createUnion(Schema.create(Schema.Type.NULL), nested(required(schema), false));
        }
        AvroNames.Name name = name(schema.name());
        Schema record = Schema.createRecord(
                name.simple(), AvroNames.parameter(schema, AvroNames.RECORD_DOC), name.space(), false);
        if (schema.name() != null) {
            recordsByName.put(schema.name(), record);
        }
        List<Schema.Field> fields = new ArrayList<>();
        for (Field field : schema.fields()) {
            String doc = AvroNames.parameter(schema, AvroNames.FIELD_DOC + field.name());
            fields.add(field(names.field(field.name()), field.schema(), doc));
        }
        record.setFields(fields);
        return record;
    }

    private static org.apache.kafka.connect.data.Schema required(org.apache.kafka.connect.data.Schema schema) {
        boolean isMap = schema.type() == org.apache.kafka.connect.data.Schema.Type.MAP;
        boolean isArray = schema.type() == org.apache.kafka.connect.data.Schema.Type.ARRAY;
        return new ConnectSchema(
                schema.type(),
                false,
                schema.defaultValue(),
                schema.name(),
                schema.version(),
                schema.doc(),
                schema.parameters(),
                schema.type() == org.apache.kafka.connect.data.Schema.Type.STRUCT ? schema.fields() : null,
                isMap ? schema.keySchema() : null,
                isMap || isArray ? schema.valueSchema() : null);
    }

    private Schema.Field field(String name, org.apache.kafka.connect.data.Schema schema, @Nullable String doc) {
        Object value = schema.defaultValue();
        Object byDefault =
                value != null ? defaults.json(schema, value) : schema.isOptional() ? JsonProperties.NULL_VALUE : null;
        Schema type = translated(schema, false);
        try {
            return new Schema.Field(name, type, doc, byDefault);
        } catch (AvroTypeException e) {
            LOG.warn("Avro cannot express the default of field {}, so the field has none there", name);
            return new Schema.Field(name, type, doc);
        }
    }
}
