// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.tributary.sandbox.chaos.load.LoadTable;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Reads records in JSON without schemas, with Debezium's envelope as the value. It needs all records of a partition in
 * their order.
 */
final class ArrivalParser {

    private final ObjectMapper json = new ObjectMapper();
    private final Pulses pulses;
    private final Map<TopicPartition, LoadTable> lastDeletes = new HashMap<>();
    private final Map<String, String> snapshots = new HashMap<>();
    private final Map<String, LargeValue> values = new HashMap<>();

    ArrivalParser(Pulses pulses) {
        this.pulses = pulses;
    }

    /** The arrival of a record; empty for a table that is not one of the load's. */
    Optional<Arrival> parse(ConsumerRecord<byte @Nullable [], byte @Nullable []> record) {
        JsonNode envelope;
        JsonNode key;
        try {
            envelope = read(record.value());
            key = read(record.key());
        } catch (IOException e) {
            return nameOf(record.topic()).map(table -> without(record, table, null, Arrival.UNREADABLE, 0));
        }
        return record.value() == null ? tombstone(record, key) : change(record, key, envelope);
    }

    private Optional<Arrival> tombstone(ConsumerRecord<?, ?> record, JsonNode key) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        return Optional.ofNullable(lastDeletes.get(partition))
                .or(() -> nameOf(record.topic()))
                .map(table -> without(record, table, key(table, key), Arrival.TOMBSTONE, 0));
    }

    private Optional<Arrival> change(ConsumerRecord<?, ?> record, JsonNode key, JsonNode envelope) {
        JsonNode before = envelope.path("before");
        JsonNode source = envelope.path("source");
        String op = envelope.path("op").asText();
        JsonNode row = op.equals("d") ? before : envelope.path("after");
        // The old row has all columns if the replica identity is FULL; then the new row must have them as well.
        boolean mayLeaveOut = (op.equals("u") || op.equals("c")) && text(before.path("tag")) == null;
        return tableOf(source.path("table").asText(), row).map(table -> {
            if (op.equals("d")) {
                lastDeletes.put(new TopicPartition(record.topic(), record.partition()), table);
            }
            if (table == LoadTable.PULSE && row.has("n")) {
                pulses.arrived(row.path("n").asLong(), System.nanoTime());
            }
            long lsn = source.path("lsn").asLong();
            return switch (op) {
                case "c", "u", "r", "d" ->
                    withRow(record, table, key(table, key), op.charAt(0), row, mayLeaveOut, source);
                case "t" -> without(record, table, null, Arrival.TRUNCATE, lsn);
                default -> without(record, table, key(table, key), Arrival.UNREADABLE, lsn);
            };
        });
    }

    private Arrival withRow(
            ConsumerRecord<?, ?> record,
            LoadTable table,
            @Nullable String key,
            char op,
            JsonNode row,
            boolean mayLeaveOut,
            JsonNode source) {
        String digest = text(row.path("digest"));
        boolean onlyKey = op == Arrival.DELETE && digest == null;
        PayloadDigest compared = onlyKey
                ? new PayloadDigest(Arrival.Payload.NONE, null)
                : PayloadDigest.compare(table, row, mayLeaveOut);
        return new Arrival(
                record.topic(),
                record.partition(),
                record.offset(),
                table.relation(),
                key,
                op,
                text(row.path("tag")),
                row.path("seq").asLong(),
                digest,
                compared.payload(),
                once(compared.large()),
                source.path("lsn").asLong(),
                snapshot(source.path("snapshot")));
    }

    private static Arrival without(
            ConsumerRecord<?, ?> record, LoadTable table, @Nullable String key, char op, long lsn) {
        return new Arrival(
                record.topic(),
                record.partition(),
                record.offset(),
                table.relation(),
                key,
                op,
                null,
                0,
                null,
                Arrival.Payload.NONE,
                lsn,
                null);
    }

    /** By name, unless the columns are those of another table: two tables can swap their names. */
    private static Optional<LoadTable> tableOf(String name, JsonNode row) {
        Optional<LoadTable> named = LoadTable.named(name);
        if (!row.isObject() || named.filter(table -> hasColumns(table, row)).isPresent()) {
            return named;
        }
        for (LoadTable table : LoadTable.values()) {
            if (hasColumns(table, row)) {
                return Optional.of(table);
            }
        }
        return named;
    }

    private static boolean hasColumns(LoadTable table, JsonNode row) {
        return row.has("tag")
                && table.keyColumns().stream().allMatch(row::has)
                && table.payloadColumns().stream().allMatch(row::has);
    }

    private static Optional<LoadTable> nameOf(String topic) {
        return LoadTable.named(topic.substring(topic.lastIndexOf('.') + 1));
    }

    private static @Nullable String key(LoadTable table, JsonNode key) {
        List<String> columns = table.keyColumns();
        return columns.isEmpty()
                ? null
                : columns.stream().map(column -> key.path(column).asText()).collect(Collectors.joining("|"));
    }

    /** A value that arrives several times is kept once. */
    private @Nullable LargeValue once(@Nullable LargeValue large) {
        String value = large == null ? null : large.value();
        return value == null ? large : values.computeIfAbsent(value, same -> new LargeValue(same, "", ""));
    }

    private @Nullable String snapshot(JsonNode value) {
        String text = text(value);
        return text == null || text.equals("false") ? null : snapshots.computeIfAbsent(text, same -> same);
    }

    private static @Nullable String text(JsonNode value) {
        return value.isMissingNode() || value.isNull() ? null : value.asText();
    }

    private JsonNode read(byte @Nullable [] bytes) throws IOException {
        return bytes == null ? MissingNode.getInstance() : json.readTree(bytes);
    }
}
