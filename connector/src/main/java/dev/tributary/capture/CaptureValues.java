// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture;

import dev.tributary.row.ArrayText;
import dev.tributary.row.TextNotation;
import dev.tributary.row.TextResolver;
import dev.tributary.row.ZonedTimes;
import io.debezium.DebeziumException;
import io.debezium.connector.postgresql.PostgresConnectorConfig;
import io.debezium.connector.postgresql.PostgresConnectorConfig.HStoreHandlingMode;
import io.debezium.connector.postgresql.PostgresConnectorConfig.IntervalHandlingMode;
import io.debezium.connector.postgresql.PostgresTimeBoundary;
import io.debezium.connector.postgresql.PostgresType;
import io.debezium.connector.postgresql.PostgresValueConverter;
import io.debezium.connector.postgresql.UnchangedToastedPlaceholder;
import io.debezium.jdbc.JdbcValueConverters.DecimalMode;
import io.debezium.jdbc.TemporalPrecisionMode;
import io.debezium.relational.Column;
import io.debezium.relational.ValueConverter;
import io.debezium.time.NanoTimestamp;
import io.debezium.time.StructuredTemporal;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.data.ConnectSchema;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Oid;
import org.postgresql.jdbc.PgArray;

/** Debezium's value converters, with its errors corrected, for rows of snapshots and of the stream. */
final class CaptureValues extends PostgresValueConverter {

    private static final Duration END_OF_DAY = Duration.ofDays(1);
    private static final long MICROS_PER_SECOND = 1_000_000;

    private final TypeCatalog types;
    private final TextResolver resolver;
    private final int moneyDigits;

    /**
     * Options that only a subclass of Debezium's configuration can read.
     *
     * @param intervals {@code interval.handling.mode}
     * @param maps {@code hstore.handling.mode}
     * @param unknown {@code include.unknown.datatypes}
     * @param moneyDigits {@code money.fraction.digits}
     */
    record Choices(IntervalHandlingMode intervals, HStoreHandlingMode maps, boolean unknown, int moneyDigits) {}

    /**
     * How the database understands its values.
     *
     * @param charset its encoding
     * @param moneyDigits the decimal places of an amount of {@code money}, which depend on {@code lc_monetary}
     */
    record Notation(Charset charset, int moneyDigits) {}

    CaptureValues(PostgresConnectorConfig config, Choices choices, Notation notation, TypeCatalog types) {
        super(
                notation.charset(),
                config.getDecimalMode(),
                config.getTemporalPrecisionMode(),
                ZoneOffset.UTC,
                null,
                choices.unknown(),
                types,
                choices.maps(),
                config.binaryHandlingMode(),
                choices.intervals(),
                new UnchangedToastedPlaceholder(config),
                choices.moneyDigits());
        this.types = types;
        this.moneyDigits = notation.moneyDigits();
        this.resolver = new TextResolver(
                types,
                () -> {
                    throw new IllegalStateException("An element of an array is no array");
                },
                choices.unknown());
    }

    /**
     * Any element of an array may be null. Debezium's schemas do not allow that if it builds them from the catalog. Its
     * schema of an array of bit strings is that of one bit string.
     */
    @Override
    public @Nullable SchemaBuilder schemaBuilder(Column column) {
        SchemaBuilder schema = super.schemaBuilder(column);
        if (schema != null && column.nativeType() == Oid.BIT_ARRAY) {
            return SchemaBuilder.array(schema.optional().build());
        }
        if (schema == null
                || schema.type() != Schema.Type.ARRAY
                || schema.valueSchema().isOptional()) {
            return schema;
        }
        Schema element = schema.valueSchema();
        return SchemaBuilder.array(
                element instanceof SchemaBuilder builder ? builder.optional().build() : optional(element));
    }

    private static Schema optional(Schema schema) {
        ConnectSchema built = (ConnectSchema) schema;
        return new ConnectSchema(
                built.type(),
                true,
                built.defaultValue(),
                built.name(),
                built.version(),
                built.doc(),
                built.parameters(),
                built.type() == Schema.Type.STRUCT ? built.fields() : null,
                built.type() == Schema.Type.MAP ? built.keySchema() : null,
                built.type() == Schema.Type.MAP || built.type() == Schema.Type.ARRAY ? built.valueSchema() : null);
    }

    /** Debezium has a converter of its own for arrays of {@code ltree}, which fails at a null. */
    @Override
    public @Nullable ValueConverter converter(Column column, Field field) {
        ValueConverter theirs = super.converter(column, field);
        if (theirs == null || column.nativeType() != types.ltreeArrayOid()) {
            return theirs;
        }
        return data -> data instanceof PgArray array
                ? flat(column, array, ArrayText.COMMA).elements()
                : theirs.convert(data);
    }

    private static ArrayText flat(Column column, PgArray array, char delimiter) {
        ArrayText text = new ArrayText(array.toString(), delimiter);
        if (text.hasInnerArrays()) {
            throw new DebeziumException("An array of column " + column.name() + " has more than one dimension");
        }
        return text;
    }

    /**
     * Elements are read as values of a column of their type are. Debezium reads them through {@code java.sql}: times
     * lose their fraction and dates before 1582 their place.
     *
     * @throws DebeziumException for an array with more than one dimension: Connect's schema has one, for Postgres does
     *     not say how many there will be. Debezium takes the inner arrays for elements, and sends nulls or the
     *     identities of Java objects
     */
    @Override
    protected @Nullable Object convertArray(
            Column column, Field field, PostgresType element, ValueConverter converter, @Nullable Object data) {
        if (!(data instanceof PgArray array)) {
            return super.convertArray(column, field, element, converter, data);
        }
        ArrayText text = flat(column, array, types.delimiter(element.getOid()));
        return super.convertArray(column, field, element, converter, elements(column, element, text));
    }

    /** Debezium has no schema for the elements of an array of a domain, and sends their text. */
    private List<@Nullable Object> elements(Column column, PostgresType type, ArrayText array) {
        List<@Nullable Object> elements = new ArrayList<>();
        for (String text : array.elements()) {
            boolean asText = text == null || !type.isRootType();
            elements.add(asText ? text : resolver.resolve(column.name(), type, type.getName(), text));
        }
        return elements;
    }

    @Override
    protected @Nullable Object convertTimeWithZone(Column column, Field field, @Nullable Object data) {
        if (data instanceof String text
                && temporalPrecisionMode != TemporalPrecisionMode.STRUCTURED
                && !PostgresTimeBoundary.isTimeWithTimeZoneBoundaryAtUtc(text)) {
            return super.convertTimeWithZone(column, field, ZonedTimes.utc(text));
        }
        return super.convertTimeWithZone(column, field, data);
    }

    /** Keeps 24:00:00, which Debezium keeps for a time with time zone only. */
    @Override
    protected @Nullable Object convertTimeToStructured(Column column, Field field, @Nullable Object data) {
        if (!END_OF_DAY.equals(data)) {
            return super.convertTimeToStructured(column, field, data);
        }
        Struct midnight = (Struct) super.convertTimeToStructured(column, field, Duration.ZERO);
        return midnight.put(StructuredTemporal.HOUR_FIELD, (byte) END_OF_DAY.toHours());
    }

    /** Amounts are read in another locale than that of the database, which decides where their decimal point is. */
    @Override
    protected @Nullable Object convertMoney(Column column, Field field, @Nullable Object data, DecimalMode mode) {
        return super.convertMoney(
                column,
                field,
                data instanceof BigDecimal amount
                        ? amount.scaleByPowerOfTen(TextNotation.MONEY_DIGITS - moneyDigits)
                        : data,
                mode);
    }

    /** @throws DebeziumException for one that is too long: Debezium sends the longest there is */
    @Override
    protected @Nullable Object convertInterval(Column column, Field field, @Nullable Object data) {
        Object value = super.convertInterval(column, field, data);
        if (value instanceof Long micros && (micros == Long.MAX_VALUE || micros == Long.MIN_VALUE)) {
            throw new DebeziumException("An interval of column " + column.name() + " is too long for its schema");
        }
        return value;
    }

    /** @throws DebeziumException for one that does not fit: Debezium lets it wrap around */
    @Override
    protected @Nullable Object convertTimestampToEpochMicros(Column column, Field field, @Nullable Object data) {
        LocalDateTime time = finite(data);
        if (time != null) {
            try {
                Math.multiplyExact(time.toEpochSecond(ZoneOffset.UTC), MICROS_PER_SECOND);
            } catch (ArithmeticException e) {
                throw outOfRange(column, e);
            }
        }
        return super.convertTimestampToEpochMicros(column, field, data);
    }

    /** @throws DebeziumException for one that does not fit: Debezium sends null if the column allows that */
    @Override
    protected @Nullable Object convertTimestampToEpochNanos(Column column, Field field, @Nullable Object data) {
        LocalDateTime time = finite(data);
        if (time != null) {
            try {
                NanoTimestamp.toEpochNanos(time, null);
            } catch (IllegalArgumentException e) {
                throw outOfRange(column, e);
            }
        }
        return super.convertTimestampToEpochNanos(column, field, data);
    }

    private static DebeziumException outOfRange(Column column, RuntimeException cause) {
        return new DebeziumException(
                "A timestamp of column " + column.name() + " is out of the range of its schema", cause);
    }

    /** A time that is not infinite; null if it is. */
    private static @Nullable LocalDateTime finite(@Nullable Object data) {
        LocalDateTime time = data instanceof Instant instant
                ? LocalDateTime.ofInstant(instant, ZoneOffset.UTC)
                : data instanceof LocalDateTime local ? local : null;
        return POSITIVE_INFINITY_LOCAL_DATE_TIME.equals(time) || NEGATIVE_INFINITY_LOCAL_DATE_TIME.equals(time)
                ? null
                : time;
    }

    /** The end of a day is not its beginning, which Debezium sends. */
    @Override
    protected @Nullable Object convertTimeToUtcIsoString(Column column, Field field, @Nullable Object data) {
        return Duration.ofDays(1).equals(data)
                ? PostgresTimeBoundary.TIME_WITH_TIMEZONE_BOUNDARY_AT_UTC
                : super.convertTimeToUtcIsoString(column, field, data);
    }
}
