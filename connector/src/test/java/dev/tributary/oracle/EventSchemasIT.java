// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.capture.EventSchemas;
import dev.tributary.config.ConnectorConfig;
import dev.tributary.postgres.PostgresServer;
import dev.tributary.postgres.TableName;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The schemas that a plan shows are those of the events that follow. Of a table with generated columns, they are those
 * of a snapshot: this publication does not publish such columns.
 */
class EventSchemasIT {

    private static PostgresServer server;
    private static Wal wal;
    private static Mark end;

    @BeforeAll
    static void write() throws Exception {
        server = Wal.server();
        wal = Wal.after(server, Everything.preparations());
        wal.write(Everything.changes());
        end = wal.mark();
    }

    @AfterAll
    static void stop() {
        wal.close();
        server.close();
    }

    static Mode[] modes() {
        return new Mode[] {
            Mode.of("defaults"),
            Mode.of(
                    "masked, without columns, with a key of its own",
                    "decimal.handling.mode",
                    "string",
                    "column.exclude.list",
                    "public\\..*\\.note",
                    "column.mask.with.5.chars",
                    "public\\..*\\.name",
                    "time.precision.mode",
                    "connect")
        };
    }

    @ParameterizedTest
    @MethodSource("modes")
    void theyAreThoseOfTheEvents(Mode mode) throws Exception {
        // Given
        Map<TableName, SourceRecord> last = new HashMap<>();
        for (SourceRecord record : wal.read(Contender.TRIBUTARY, mode.options(), end)) {
            if (record.value() instanceof Struct value && value.schema().field("after") != null) {
                Struct source = value.getStruct("source");
                last.put(new TableName(source.getString("schema"), source.getString("table")), record);
            }
        }
        last.remove(new TableName("public", "generated"));
        assertThat(last).hasSizeGreaterThan(20);

        // When
        Map<TableName, EventSchemas.OfTable> schemas = EventSchemas.read(
                ConnectorConfig.of(wal.options(Contender.TRIBUTARY, wal.unusedSlot(), mode.options())));

        // Then
        assertThat(last).allSatisfy((table, record) -> {
            EventSchemas.OfTable known = Objects.requireNonNull(schemas.get(table), table::toString);
            assertThat(text(known.key())).as("key of " + table).isEqualTo(text(record.keySchema()));
            assertThat(text(known.value())).as("value of " + table).isEqualTo(text(record.valueSchema()));
        });
    }

    private static String text(@Nullable Schema schema) {
        try (JsonConverter converter = new JsonConverter()) {
            converter.configure(Map.of(), false);
            return schema == null ? "none" : converter.asJsonSchema(schema).toString();
        }
    }
}
