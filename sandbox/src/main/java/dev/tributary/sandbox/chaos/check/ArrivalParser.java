// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.tributary.sandbox.chaos.load.Bank;
import dev.tributary.sandbox.chaos.load.LoadTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Reads records in JSON without schemas, with Debezium's envelope as the value. It needs all records of a partition in
 * their order.
 */
final class ArrivalParser {

    /** Names a part of a transaction that was too large for one. */
    private static final String PART = "tributary.transaction.part";

    private final ObjectMapper json = new ObjectMapper();
    private final Pulses pulses;
    private final Balances balances;
    private final Map<TopicPartition, LastDelete> lastDeletes = new HashMap<>();
    private final Map<String, String> snapshots = new HashMap<>();
    private final Map<String, LargeValue> values = new HashMap<>();

    /** What a tombstone does not say: it follows its delete. */
    private record LastDelete(LoadTable table, @Nullable String key, long txId) {}

    ArrivalParser(Pulses pulses, Balances balances) {
        this.pulses = pulses;
        this.balances = balances;
    }

    /** The arrival of a record; empty for a table that is not one of the load's. */
    Optional<Arrival> parse(ConsumerRecord<byte @Nullable [], byte @Nullable []> record) {
        JsonNode envelope;
        JsonNode key;
        try {
            envelope = read(record.value());
            key = read(record.key());
        } catch (IOException e) {
            return nameOf(record.topic()).map(table -> without(record, table, null, Arrival.UNREADABLE, 0, 0));
        }
        return record.value() == null ? tombstone(record, key) : change(record, key, envelope);
    }

    private Optional<Arrival> tombstone(ConsumerRecord<?, ?> record, JsonNode key) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        LastDelete delete = lastDeletes.get(partition);
        return Optional.ofNullable(delete)
                .map(LastDelete::table)
                .or(() -> nameOf(record.topic()))
                .map(table -> {
                    String deleted = key(table, key);
                    // Without a key, it can be in another partition than its delete.
                    long txId = delete != null && deleted != null && deleted.equals(delete.key()) ? delete.txId() : 0;
                    return without(record, table, deleted, Arrival.TOMBSTONE, 0, txId);
                });
    }

    private Optional<Arrival> change(ConsumerRecord<?, ?> record, JsonNode key, JsonNode envelope) {
        JsonNode before = envelope.path("before");
        JsonNode source = envelope.path("source");
        String op = envelope.path("op").asText();
        JsonNode row = op.equals("d") ? before : envelope.path("after");
        // The old row has all columns if the replica identity is FULL; then the new row must have them as well.
        boolean mayLeaveOut = (op.equals("u") || op.equals("c")) && text(before.path("tag")) == null;
        return tableOf(source.path("table").asText(), row).map(table -> {
            long txId = source.path("txId").asLong();
            if (op.equals("d")) {
                LastDelete delete = new LastDelete(table, key(table, key), txId);
                lastDeletes.put(new TopicPartition(record.topic(), record.partition()), delete);
            }
            if (table == LoadTable.PULSE && row.has("n")) {
                pulses.arrived(row.path("n").asLong(), System.nanoTime());
            }
            long lsn = source.path("lsn").asLong();
            return switch (op) {
                case "c", "u", "r", "d" ->
                    withRow(record, table, key(table, key), op.charAt(0), row, mayLeaveOut, source);
                case "t" -> without(record, table, null, Arrival.TRUNCATE, lsn, txId);
                default -> without(record, table, key(table, key), Arrival.UNREADABLE, lsn, txId);
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
        String tag = text(row.path("tag"));
        if (tag != null && Bank.has(table.relation()) && row.has("balance")) {
            balances.put(tag, row.path("balance").asLong());
        }
        return new Arrival(
                record.topic(),
                record.partition(),
                record.offset(),
                table.relation(),
                key,
                op,
                tag,
                row.path("seq").asLong(),
                digest,
                compared.payload(),
                once(compared.large()),
                source.path("lsn").asLong(),
                snapshot(source.path("snapshot")),
                source.path("txId").asLong(),
                part(record));
    }

    private static Arrival without(
            ConsumerRecord<?, ?> record, LoadTable table, @Nullable String key, char op, long lsn, long txId) {
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
                null,
                lsn,
                null,
                txId,
                part(record));
    }

    /** The default header converter writes numbers as text. */
    private static int part(ConsumerRecord<?, ?> record) {
        Header header = record.headers().lastHeader(PART);
        return header == null ? 1 : Integer.parseInt(new String(header.value(), StandardCharsets.UTF_8));
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
