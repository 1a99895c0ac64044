// SPDX-License-Identifier: Apache-2.0
package dev.tributary.avro;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;

/**
 * What an Avro schema says besides its type: its logical type, and in properties what only Connect understands.
 *
 * @param metadata {@code connect.meta.data}
 * @param defaults makes default values
 */
record SchemaProperties(boolean metadata, ToAvroDefault defaults) {

    private static final String DOC = "connect.doc";
    private static final String VERSION = "connect.version";
    private static final String PARAMETERS = "connect.parameters";
    private static final String DEFAULT = "connect.default";
    private static final String NAME = "connect.name";
    private static final String TYPE = "connect.type";
    private static final String LOGICAL_TYPE = "logicalType";

    /** Adds the properties, in the order of Confluent's converter. */
    void addTo(org.apache.avro.Schema avro, Schema schema) {
        if (metadata) {
            addConnects(schema, avro);
        }
        addLogicalType(schema, avro);
        addAvros(schema, avro);
    }

    /** Properties from which a sink makes the same Connect schema again. */
    private void addConnects(Schema schema, org.apache.avro.Schema avro) {
        if (schema.doc() != null) {
            avro.addProp(DOC, schema.doc());
        }
        if (schema.version() != null) {
            avro.addProp(VERSION, schema.version());
        }
        boolean defaultIsAvros = AvroNames.parameter(schema, AvroNames.FIELD_DEFAULT) != null;
        if (schema.parameters() != null) {
            Map<String, String> parameters = new LinkedHashMap<>(schema.parameters());
            parameters.remove(AvroNames.FIELD_DEFAULT);
            if (!parameters.isEmpty()) {
                avro.addProp(PARAMETERS, parameters);
            }
        }
        if (schema.defaultValue() != null && !defaultIsAvros) {
            avro.addProp(DEFAULT, defaults.json(schema, schema.defaultValue()));
        }
        if (schema.name() != null) {
            avro.addProp(NAME, schema.name());
        }
        switch (schema.type()) {
            case INT8 -> avro.addProp(TYPE, "int8");
            case INT16 -> avro.addProp(TYPE, "int16");
            default -> {
                // Avro has a type of its own for every other one.
            }
        }
    }

    private static void addLogicalType(Schema schema, org.apache.avro.Schema avro) {
        String name = schema.name();
        if (Time.LOGICAL_NAME.equalsIgnoreCase(name)) {
            LogicalTypes.timeMillis().addToSchema(avro);
        } else if (Timestamp.LOGICAL_NAME.equalsIgnoreCase(name)) {
            LogicalTypes.timestampMillis().addToSchema(avro);
        } else if (Date.LOGICAL_NAME.equalsIgnoreCase(name)) {
            LogicalTypes.date().addToSchema(avro);
        } else if (Decimal.LOGICAL_NAME.equalsIgnoreCase(name)) {
            int scale = scale(schema);
            if (scale >= 0 && scale <= precision(schema)) {
                LogicalTypes.decimal(precision(schema), scale).addToSchema(avro);
            } else {
                // Avro's API forbids this scale; readers take the property as a decimal all the same.
                avro.addProp(LOGICAL_TYPE, "decimal");
            }
        }
    }

    private static void addAvros(Schema schema, org.apache.avro.Schema avro) {
        if (schema.parameters() != null) {
            schema.parameters().forEach((name, value) -> {
                if (name.startsWith("avro")) {
                    avro.addProp(name, value);
                }
            });
        }
    }

    static int scale(Schema schema) {
        String scale = AvroNames.parameter(schema, Decimal.SCALE_FIELD);
        return scale == null ? 0 : Integer.parseInt(scale);
    }

    static int precision(Schema schema) {
        String precision = AvroNames.parameter(schema, AvroNames.PRECISION);
        return precision == null ? AvroNames.DEFAULT_PRECISION : Integer.parseInt(precision);
    }
}
