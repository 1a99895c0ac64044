// SPDX-License-Identifier: Apache-2.0
package dev.tributary.avro;

/**
 * How Connect's schemas and values are represented in Avro.
 *
 * @param enhanced {@code enhanced.avro.schema.support}: enums stay enums, and union members have full names
 * @param scrubbed {@code scrub.invalid.names}: names that Avro forbids are changed
 * @param metadata {@code connect.meta.data}: schemas contain what only Connect understands, such as versions
 * @param nullsWithoutDefault {@code ignore.default.for.nullables}: null stays null in a field with a default
 */
record SchemaOptions(boolean enhanced, boolean scrubbed, boolean metadata, boolean nullsWithoutDefault) {}
