// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import java.util.List;
import java.util.stream.Stream;

/**
 * The options that shape a record, each with each of its values. Options that are independent of each other share a
 * mode, to save the time of a start.
 */
final class Modes {

    private static final List<Mode> VALUES = List.of(
            Mode.of("defaults"),
            Mode.of(
                    "doubles, Connect's times, text intervals, maps, Base64, unknown types",
                    "decimal.handling.mode",
                    "double",
                    "time.precision.mode",
                    "connect",
                    "interval.handling.mode",
                    "string",
                    "hstore.handling.mode",
                    "map",
                    "binary.handling.mode",
                    "base64",
                    "include.unknown.datatypes",
                    "true"),
            Mode.of(
                    "text decimals, ISO times, URL-safe Base64, whole money, unknown types",
                    "decimal.handling.mode",
                    "string",
                    "time.precision.mode",
                    "isostring",
                    "binary.handling.mode",
                    "base64-url-safe",
                    "money.fraction.digits",
                    "0",
                    "include.unknown.datatypes",
                    "true"),
            Mode.of(
                    "precise decimals, microseconds, hexadecimal, fine money, unknown types",
                    "decimal.handling.mode",
                    "precise",
                    "time.precision.mode",
                    "microseconds",
                    "interval.handling.mode",
                    "numeric",
                    "hstore.handling.mode",
                    "json",
                    "binary.handling.mode",
                    "hex",
                    "money.fraction.digits",
                    "5",
                    "include.unknown.datatypes",
                    "true"),
            Mode.of(
                    "nanoseconds, bytes, unknown types, maps",
                    "time.precision.mode",
                    "nanoseconds",
                    "binary.handling.mode",
                    "bytes",
                    "hstore.handling.mode",
                    "map",
                    "include.unknown.datatypes",
                    "true"),
            Mode.of(
                    "structs for times, failing events skipped, unknown types",
                    "time.precision.mode",
                    "structured",
                    "table.exclude.list",
                    "public.hardly_convertible_times",
                    "event.processing.failure.handling.mode",
                    "warn",
                    "include.unknown.datatypes",
                    "true"),
            Mode.of(
                    "microseconds for times only, custom placeholder",
                    "time.precision.mode",
                    "adaptive_time_microseconds",
                    "unavailable.value.placeholder",
                    "<gone>"),
            Mode.of(
                    "unconvertible values skipped, placeholder in hexadecimal, in bytes as text",
                    "event.converting.failure.handling.mode",
                    "skip",
                    "unavailable.value.placeholder",
                    "hex:DEADBEEF",
                    "binary.handling.mode",
                    "hex"),
            Mode.of(
                    "unconvertible values fail",
                    "event.converting.failure.handling.mode",
                    "fail",
                    "table.include.list",
                    "public.*_strict"),
            Mode.of(
                    "failing events skipped, unknown types",
                    "event.processing.failure.handling.mode",
                    "warn",
                    "include.unknown.datatypes",
                    "true"),
            Mode.of(
                    "masks of text",
                    "column.mask.with.5.chars",
                    "public.texts.*.c1_varchar",
                    "column.mask.with.0.chars",
                    "public.texts.*.c2_varchar_20",
                    "column.mask.hash.SHA-256.with.salt.pepper",
                    "public.texts.*.c0_text,public.composite_key.(a)",
                    "column.mask.hash.v2.SHA-512.with.salt.pepper",
                    "public.texts.*.c7_name,public.identity_.*.note",
                    "column.truncate.to.3.chars",
                    "public.texts.*.c3_char_5,public.identity_.*.c0_text,public.odd_key.(f)"),
            Mode.of(
                    "column types propagated, failing events skipped",
                    "event.processing.failure.handling.mode",
                    "warn",
                    "column.propagate.source.type",
                    "public.texts.*,public.fractions.*",
                    "datatype.propagate.source.type",
                    ".+\\.int4,.+\\.mood,.+\\._text"));

    private static final List<Mode> NAMES = List.of(
            Mode.of("names for Avro", "schema.name.adjustment.mode", "avro", "field.name.adjustment.mode", "avro"),
            Mode.of(
                    "names for Avro with Unicode",
                    "schema.name.adjustment.mode",
                    "avro_unicode",
                    "field.name.adjustment.mode",
                    "avro_unicode"),
            Mode.of(
                    "other topic names",
                    "topic.delimiter",
                    "_",
                    "topic.transaction",
                    "tx",
                    "topic.heartbeat.prefix",
                    "beat",
                    "provide.transaction.metadata",
                    "true"),
            Mode.of(
                    "topics named with Unicode",
                    "topic.naming.strategy",
                    "io.debezium.schema.SchemaUnicodeTopicNamingStrategy"),
            Mode.of(
                    "topics routed by a pattern",
                    "topic.naming.strategy",
                    "io.debezium.schema.SchemaRegexTopicNamingStrategy",
                    "topic.regex.enable",
                    "true",
                    "topic.regex",
                    "(.*)parted_(.*)",
                    "topic.replacement",
                    "$1shard"),
            Mode.of(
                    "keys from other columns",
                    "message.key.columns",
                    "public.identity_(full|index|nothing):code,id;public.no_columns:none;"
                            + "(.*).composite_key:a;public.dropped:kept"));

    /**
     * Enums that have the name of an enum in another schema. If their column is filtered out, Debezium confuses the two
     * and reads the table from the catalog again with each row. If the key is filtered out, it is optional in one of
     * the two schemas that result.
     */
    private static final String TWIN_ENUMS = "public.user_types.*.(id|c1_.*)";

    private static final List<Mode> FILTERS = List.of(
            Mode.of(
                    "some tables, messages by prefix",
                    "table.include.list",
                    "public.identity_.*,public.child,public.parted_us",
                    "message.prefix.include.list",
                    "loud," + Mark.PREFIX + ".*"),
            Mode.of("all but some tables", "table.exclude.list", "public.(stamps|times|zoned).*,public.texts"),
            Mode.of(
                    "one schema, messages but for a prefix",
                    "schema.include.list",
                    "Odd schema",
                    "message.prefix.exclude.list",
                    "loud"),
            Mode.of("all but one schema", "schema.exclude.list", "public"),
            Mode.of(
                    "some columns",
                    "column.include.list",
                    "public.identity_.*.(id|code|c0_text|c2_bytea),public.texts.(id|c1_varchar),public.composite_key.(a|c),"
                            + TWIN_ENUMS),
            Mode.of(
                    "all but some columns",
                    "column.exclude.list",
                    "public.identity_.*.(note|c0_text|c8_int),public.texts.*.c1_varchar,public.composite_key.(d)"),
            Mode.of(
                    "only changes of these columns",
                    "column.include.list",
                    "public.identity_.*.(id|code|note),public.keyless.*.id," + TWIN_ENUMS,
                    "skip.messages.without.change",
                    "true"),
            Mode.of("only changes of values", "skip.messages.without.change", "true"),
            Mode.of("publication via the partitions' root", "publication.name", "via_root"));

    private static final List<Mode> NEWER = Stream.concat(
                    ServerVersion.since(
                            15, List.of(Mode.of("publication of some columns and rows", "publication.name", "narrow")))
                            .stream(),
                    ServerVersion.since(
                            18,
                            List.of(Mode.of(
                                    "publication with generated columns", "publication.name", "with_generated")))
                            .stream())
            .toList();

    private static final List<Mode> EVENTS = List.of(
            Mode.of("no creates", "skipped.operations", "c", "tombstones.on.delete", "false"),
            Mode.of("no updates, no truncates", "skipped.operations", "u,t"),
            Mode.of("no deletes, no extended headers", "skipped.operations", "d", "extended.headers.enabled", "false"),
            Mode.of("no tombstones", "tombstones.on.delete", "false", "skipped.operations", "none"),
            Mode.of("transaction metadata", "provide.transaction.metadata", "true", "skipped.operations", "none"),
            Mode.of(
                    "every operation, xmin of the slot, schema refreshed unless only TOASTed values are missing",
                    "skipped.operations",
                    "none",
                    "xmin.fetch.interval.ms",
                    "3600000",
                    "schema.refresh.mode",
                    "columns_diff_exclude_unchanged_toast"),
            Mode.of(
                    "a custom converter and a custom post processor",
                    "converters",
                    "shout",
                    "shout.type",
                    ShoutingConverter.class.getName(),
                    "post.processors",
                    "sign",
                    "sign.type",
                    SigningPostProcessor.class.getName()),
            Mode.of(
                    "a post processor that queries the database",
                    "post.processors",
                    "reselect",
                    "reselect.type",
                    "io.debezium.processors.reselect.ReselectColumnsPostProcessor",
                    "reselect.reselect.unavailable.values",
                    "true",
                    "reselect.reselect.null.values",
                    "false",
                    "table.include.list",
                    "public.identity_default"));

    private Modes() {}

    /** The modes that affect values, whatever the names of the tables. */
    static List<Mode> ofValues() {
        return VALUES;
    }

    /** All modes, or those whose name contains the system property {@code oracle.mode}. */
    static Stream<Mode> chosen() {
        String part = System.getProperty("oracle.mode", "");
        return Stream.of(VALUES, NAMES, FILTERS, NEWER, EVENTS)
                .flatMap(List::stream)
                .filter(mode -> mode.name().contains(part));
    }
}
