// SPDX-License-Identifier: Apache-2.0
package dev.tributary.row;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.debezium.time.Date;
import io.debezium.time.MicroTimestamp;
import io.debezium.time.Timestamp;
import io.debezium.time.ZonedTimestamp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Objects;
import java.util.SplittableRandom;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FastDecodersTest {

    private static final ObjectMapper JACKSON = new ObjectMapper();
    private static final DateTimeFormatter POSTGRES = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
    private static final long FIRST = LocalDate.of(1, 1, 1).toEpochDay();
    private static final long LAST = LocalDate.of(9999, 12, 31).toEpochDay();

    @Test
    void numbersAreReadUpToEighteenDigits() {
        assertThat(decode("int4", Schema.INT32_SCHEMA, "-2147483648")).isEqualTo(Integer.MIN_VALUE);
        assertThat(decode("int2", Schema.INT16_SCHEMA, "32767")).isEqualTo(Short.MAX_VALUE);
        assertThat(decode("int8", Schema.INT64_SCHEMA, "999999999999999999")).isEqualTo(999_999_999_999_999_999L);
        assertThat(decode("int8", Schema.INT64_SCHEMA, "-9223372036854775808")).isSameAs(TextDecoder.UNSUPPORTED);
    }

    @Test
    void booleansAndTextAreRead() {
        assertThat(decode("bool", Schema.BOOLEAN_SCHEMA, "t")).isEqualTo(true);
        assertThat(decode("bool", Schema.BOOLEAN_SCHEMA, "f")).isEqualTo(false);
        assertThat(decode("text", Schema.STRING_SCHEMA, "größer 😀")).isEqualTo("größer 😀");
        assertThat(decode("jsonb", io.debezium.data.Json.schema(), "{\"a\": 1}"))
                .isEqualTo("{\"a\": 1}");
    }

    @Test
    void everyDayOfTenThousandYearsIsTheDayThatJavaSays() {
        for (long day = FIRST; day <= LAST; day += 17) {
            assertThat(decode("date", Date.schema(), LocalDate.ofEpochDay(day).toString()))
                    .isEqualTo((int) day);
        }
    }

    @Test
    void timestampsAreWhatJavaSays() {
        // Given
        long seed = System.nanoTime();
        System.out.println("FastDecodersTest seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);

        for (int i = 0; i < 20_000; i++) {
            long micros = random.nextLong(FIRST * 86_400_000_000L, LAST * 86_400_000_000L);
            int digits = random.nextInt(7);
            long unit = (long) Math.pow(10, 6 - digits);
            micros = Math.floorDiv(micros, unit) * unit;

            // When
            LocalDateTime time = LocalDateTime.of(1970, 1, 1, 0, 0).plus(micros, ChronoUnit.MICROS);
            String text = POSTGRES.format(time) + fraction(Math.floorMod(micros, 1_000_000L));

            // Then
            assertThat(decode("timestamp", MicroTimestamp.schema(), text))
                    .as(text)
                    .isEqualTo(micros);
            assertThat(decode("timestamp", Timestamp.schema(), text)).as(text).isEqualTo(Math.floorDiv(micros, 1000L));
            assertThat(decode("timestamptz", ZonedTimestamp.schema(), text + "+00"))
                    .as(text)
                    .isEqualTo(ZonedTimestamp.toIsoString(time.atZone(ZoneOffset.UTC), null, null));
            assertThat(decode(TimeText.zonedWithDigits(6), text + "+00"))
                    .as(text)
                    .isEqualTo(ZonedTimestamp.toIsoString(time.atZone(ZoneOffset.UTC), null, 6));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "infinity",
                "-infinity",
                "0044-03-15 12:00:00 BC",
                "12026-01-01 00:00:00",
                "2026-01-01",
                "2026-01-01 24:00:00",
                "2026-01-01 00:00:00.",
                "2026-01-01 00:00:00.1234567",
                "2026-13-01 00:00:00",
                "2026-01-01T00:00:00",
                "2026-01-01 00:00:00+01"
            })
    void otherFormsAreLeftToTheExactDecoder(String text) {
        assertThat(decode("timestamp", MicroTimestamp.schema(), text)).isSameAs(TextDecoder.UNSUPPORTED);
        assertThat(decode("timestamptz", ZonedTimestamp.schema(), text)).isSameAs(TextDecoder.UNSUPPORTED);
    }

    @Test
    void aSchemaThatIsNotTheOrdinaryOneIsLeftToTheExactDecoder() {
        assertThat(decode("int4", Schema.STRING_SCHEMA, "7")).isSameAs(TextDecoder.UNSUPPORTED);
        assertThat(decode("timestamp", Schema.INT64_SCHEMA, "2026-01-01 00:00:00"))
                .isSameAs(TextDecoder.UNSUPPORTED);
        assertThat(decode("numeric", Schema.STRING_SCHEMA, "7")).isSameAs(TextDecoder.UNSUPPORTED);
    }

    private static String fraction(long micros) {
        return micros == 0 ? "" : ("." + String.format(Locale.ROOT, "%06d", micros)).replaceAll("0+$", "");
    }

    /** Decodes, and checks that the JSON of the text is the JSON of the value. */
    private static @Nullable Object decode(String type, Schema schema, String text) {
        return decode(FastDecoders.of(type, schema), text);
    }

    private static @Nullable Object decode(TextDecoder decoder, String text) {
        byte[] bytes = ("xx" + text + "yy").getBytes(StandardCharsets.UTF_8);
        Object value = decoder.decode(bytes, 2, bytes.length - 4);
        JsonText json = new JsonText();
        boolean written = decoder.writeJson(bytes, 2, bytes.length - 4, json);
        assertThat(written).as(text).isEqualTo(value != TextDecoder.UNSUPPORTED);
        if (written) {
            assertThat(json.copyFrom(0)).isEqualTo(jackson(value));
        }
        AvroBytes avro = new AvroBytes();
        assertThat(decoder.writeAvro(bytes, 2, bytes.length - 4, avro)).isEqualTo(written);
        if (written) {
            assertThat(avro.copyFrom(0)).isEqualTo(avro(value));
        }
        return value;
    }

    private static byte[] avro(@Nullable Object value) {
        AvroBytes avro = new AvroBytes();
        if (value instanceof Boolean flag) {
            avro.bool(flag);
        } else if (value instanceof BigDecimal decimal) {
            byte[] unscaled = decimal.unscaledValue().toByteArray();
            avro.sized(unscaled, 0, unscaled.length);
        } else if (value instanceof Number number) {
            avro.number(number.longValue());
        } else {
            avro.string((String) Objects.requireNonNull(value));
        }
        return avro.copyFrom(0);
    }

    private static byte[] jackson(@Nullable Object value) {
        try {
            return JACKSON.writeValueAsBytes(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
