// SPDX-License-Identifier: Apache-2.0
package dev.tributary.avro;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/**
 * Names of Connect's schemas and fields in Avro.
 *
 * @param scrubbed whether names that Avro forbids are changed as {@code scrub.invalid.names} does
 */
record AvroNames(boolean scrubbed) {

    /** Names and properties of Confluent's converter, which consumers and sinks know. */
    static final String NAMESPACE = "io.confluent.connect.avro";

    /** The name of a struct without a name; further ones have a number. */
    static final String UNNAMED = "ConnectDefault";

    static final String UNION = NAMESPACE + ".Union";
    static final String ENUM = NAMESPACE + ".Enum";
    static final String ENUM_DOC = NAMESPACE + ".enum.doc.";
    static final String ENUM_DEFAULT = NAMESPACE + ".enum.default.";
    static final String RECORD_DOC = NAMESPACE + ".record.doc";
    static final String FIELD_DOC = NAMESPACE + ".field.doc.";
    static final String FIELD_DEFAULT = NAMESPACE + ".field.default";
    static final String MAP_ENTRY = "MapEntry";
    static final String KEY = "key";
    static final String VALUE = "value";
    static final String FIXED_SIZE = "connect.fixed.size";
    static final String PRECISION = "connect.decimal.precision";
    static final int DEFAULT_PRECISION = 64;

    private static final Pattern VALID_START = Pattern.compile("[A-Za-z_].*", Pattern.DOTALL);
    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)*");
    private static final Pattern INVALID = Pattern.compile("[^A-Za-z0-9_]");

    /**
     * A full name in its two parts.
     *
     * @param space the part before the last dot; null if there is none
     * @param simple the part after it
     */
    record Name(@Nullable String space, String simple) {

        String full() {
            return space == null ? simple : space + '.' + simple;
        }
    }

    /** The name of a named type. */
    Name of(String fullName) {
        int dot = fullName.lastIndexOf('.');
        return new Name(dot < 0 ? null : space(fullName.substring(0, dot)), field(fullName.substring(dot + 1)));
    }

    private String space(String name) {
        return Stream.of(name.split("\\.", -1)).map(this::field).collect(Collectors.joining("."));
    }

    /** The name of a field. */
    String field(String name) {
        return scrubbed ? scrubbed(name) : name;
    }

    private static String scrubbed(String name) {
        String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8);
        String started = VALID_START.matcher(encoded).matches() ? encoded : 'x' + encoded;
        return INVALID.matcher(started).replaceAll("_");
    }

    /** The name of a union's member among the fields of the struct that is the union in Connect. */
    String memberOf(Schema member, boolean enhanced) {
        if (member.type() == Schema.Type.STRUCT || isEnum(member) || isFixed(member)) {
            if (member.name() == null) {
                throw new DataException("A member of a union has no name: " + member);
            }
            return enhanced ? of(member.name()).full() : of(member.name()).simple();
        }
        return typeOf(member.type());
    }

    /** The same for the Avro schema of a member. */
    String memberOf(org.apache.avro.Schema member, boolean enhanced) {
        return switch (member.getType()) {
            case RECORD, ENUM, FIXED -> enhanced ? member.getFullName() : field(member.getName());
            default -> member.getType().getName();
        };
    }

    private static String typeOf(Schema.Type type) {
        return switch (type) {
            case INT8, INT16, INT32 -> "int";
            case INT64 -> "long";
            case FLOAT32 -> "float";
            case FLOAT64 -> "double";
            case BOOLEAN -> "boolean";
            case STRING -> "string";
            case BYTES -> "bytes";
            case ARRAY -> "array";
            case MAP -> "map";
            case STRUCT -> "record";
        };
    }

    /** Whether Avro allows a full name; not every registry and library checks the part before the last dot. */
    static boolean isAllowed(String fullName) {
        return ALLOWED.matcher(fullName).matches();
    }

    /** Whether a struct stands for a union: one of its fields has a value. */
    static boolean isUnion(Schema schema) {
        return UNION.equals(schema.name());
    }

    static boolean isEnum(Schema schema) {
        return schema.type() == Schema.Type.STRING && parameter(schema, ENUM) != null;
    }

    static boolean isFixed(Schema schema) {
        return schema.type() == Schema.Type.BYTES && schema.name() != null && parameter(schema, FIXED_SIZE) != null;
    }

    /** Whether a map is a map in Avro as well, where keys are strings. */
    static boolean hasStringKeys(Schema map) {
        return map.keySchema().type() == Schema.Type.STRING && !map.keySchema().isOptional();
    }

    static @Nullable String parameter(Schema schema, String name) {
        return schema.parameters() == null ? null : schema.parameters().get(name);
    }
}
