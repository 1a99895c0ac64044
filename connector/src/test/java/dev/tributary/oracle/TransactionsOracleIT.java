// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.json.TributaryJsonConverter;
import dev.tributary.postgres.PostgresServer;
import dev.tributary.row.LazyStruct;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.storage.Converter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Transactions of every shape, with and without transaction metadata and filters. */
class TransactionsOracleIT {

    private static PostgresServer server;
    private static Wal changes;
    private static Mark endOfChanges;
    private static Wal messages;
    private static Mark endOfMessages;

    @BeforeAll
    static void write() throws Exception {
        server = Wal.server();
        changes = Wal.after(server, Transactions.preparations()).spilling();
        changes.write(Transactions.changes());
        endOfChanges = changes.mark();
        messages = Wal.after(server, Transactions.preparations());
        messages.write(Transactions.messages());
        endOfMessages = messages.mark();
    }

    @AfterAll
    static void stop() {
        changes.close();
        messages.close();
        server.close();
    }

    private static List<Mode> modes() {
        return List.of(
                Mode.of("defaults"),
                Mode.of("every operation", "skipped.operations", "none", "tombstones.on.delete", "false"),
                Mode.of("transaction metadata", "provide.transaction.metadata", "true", "skipped.operations", "none"),
                Mode.of(
                        "transaction metadata of some tables",
                        "provide.transaction.metadata",
                        "true",
                        "table.exclude.list",
                        "public.hidden,public.b"),
                Mode.of("some tables", "table.include.list", "public.a,public.parted.*"),
                Mode.of("via the root", "publication.name", "via_root", "skipped.operations", "none"),
                Mode.of("no creates and no deletes", "skipped.operations", "c,d"),
                Mode.of("small batches", "max.batch.size", "7", "max.queue.size", "8"),
                Mode.of("heartbeats", "heartbeat.interval.ms", "3600000"));
    }

    @ParameterizedTest
    @MethodSource("modes")
    void transactionsAreTheSameAsDebeziums(Mode mode) {
        // When
        Readings readings = changes.readTwice(mode, endOfChanges);

        // Then
        readings.assertSame("mode " + mode);
    }

    private static List<Mode> modesOfMessages() {
        return List.of(
                Mode.of("defaults"),
                Mode.of("Base64", "binary.handling.mode", "base64"),
                Mode.of("some prefixes", "message.prefix.include.list", "q," + Mark.PREFIX + ".*"),
                Mode.of("all but some prefixes", "message.prefix.exclude.list", "p.*"),
                Mode.of("without tables", "table.include.list", "public.hidden"));
    }

    @ParameterizedTest
    @MethodSource("modesOfMessages")
    void messagesAreTheSameAsDebeziums(Mode mode) {
        // When
        Readings readings = messages.readTwice(mode, endOfMessages);

        // Then
        readings.assertSame("mode " + mode);
    }

    /** Debezium's dispatcher takes several times as long. */
    @Test
    void transactionMetadataDoesNotNeedTheDispatcher() {
        // When
        List<SourceRecord> records =
                changes.read(Contender.TRIBUTARY, Map.of("provide.transaction.metadata", "true"), endOfChanges);

        // Then
        assertThat(records)
                .map(SourceRecord::value)
                .filteredOn(value -> hasField(value, "before"))
                .isNotEmpty()
                .hasOnlyElementsOfType(LazyStruct.class);
        assertThat(records)
                .map(SourceRecord::value)
                .filteredOn(value -> hasField(value, "data_collections"))
                .hasSizeGreaterThan(1)
                .hasOnlyElementsOfType(LazyStruct.class);
    }

    @Test
    void beginsAndEndsAreTheSameAsJson() {
        // Given
        Map<String, String> withMetadata = Map.of("provide.transaction.metadata", "true");
        Map<String, String> plain = Map.of("schemas.enable", "false");
        try (TributaryJsonConverter ours = new TributaryJsonConverter();
                JsonConverter connects = new JsonConverter()) {
            ours.configure(plain, false);
            connects.configure(plain, false);

            // When
            List<String> json = boundaries(changes.read(Contender.TRIBUTARY, withMetadata, endOfChanges), ours);
            List<String> debeziums = boundaries(changes.read(Contender.DEBEZIUM, withMetadata, endOfChanges), connects);

            // Then
            assertThat(json).hasSizeGreaterThan(1).isEqualTo(debeziums);
        }
    }

    private static List<String> boundaries(List<SourceRecord> records, Converter converter) {
        return records.stream()
                .filter(record -> hasField(record.value(), "data_collections"))
                .map(record -> converter.fromConnectData(record.topic(), record.valueSchema(), record.value()))
                .map(json -> new String(json, StandardCharsets.UTF_8))
                .toList();
    }

    private static boolean hasField(Object value, String name) {
        return value instanceof Struct struct && struct.schema().field(name) != null;
    }

    @ParameterizedTest
    @MethodSource("modes")
    void theDebeziumPathIsTheSameAsDebezium(Mode mode) {
        // When
        Readings readings = changes.readTwice(mode, Contender.FALLBACK, endOfChanges);

        // Then
        readings.assertSame("mode " + mode);
    }
}
