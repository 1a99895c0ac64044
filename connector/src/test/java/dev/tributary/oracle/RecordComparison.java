// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import dev.tributary.capture.backfill.Backfill;
import dev.tributary.position.Position;
import dev.tributary.position.ServerTimeline;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Compares records in everything that a consumer, a worker or the next start of a connector could notice.
 *
 * <p>Except for the processing times, the id of the run, and the offset keys that ours has in addition to Debezium's.
 */
final class RecordComparison {

    /** The header that tells one run of a connector from another. */
    private static final String RUN = "__debezium.context.runId";

    private static final Pattern ELEMENTS =
            Pattern.compile("(\"items\":\\{\"type\":\"\\w+\"),\"optional\":(?:true|false)");

    private final Differences found = new Differences();
    private final SchemaComparison schemas = new SchemaComparison(found);
    private final ValueComparison values = new ValueComparison(schemas, found);
    private final JsonForm connectJson = JsonForm.ofConnect();
    private final JsonForm ourJson = JsonForm.ofTributary();
    private final AvroForm avro = new AvroForm();

    /** The differences between two sequences of records. */
    static Differences between(List<SourceRecord> expected, List<SourceRecord> actual) {
        RecordComparison comparison = new RecordComparison();
        comparison.equal(Path.of("number of records"), expected.size(), actual.size());
        for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
            comparison.records(Path.of(i).then(new Title(expected.get(i))), expected.get(i), actual.get(i));
        }
        return comparison.found;
    }

    /** Identifies a record in a report. */
    private record Title(SourceRecord of) {

        @Override
        public String toString() {
            return of.topic() + " " + of.key();
        }
    }

    private void records(Path path, SourceRecord expected, SourceRecord actual) {
        ProcessingTimes.normalize(expected);
        ProcessingTimes.normalize(actual);
        List<String> untouched = ourJson.of(actual);
        List<String> untouchedAvro = avro.ofTributary(actual);
        equal(path.then("topic"), expected.topic(), actual.topic());
        equal(path.then("partition"), expected.kafkaPartition(), actual.kafkaPartition());
        equal(path.then("timestamp"), expected.timestamp(), actual.timestamp());
        equal(path.then("source partition"), expected.sourcePartition(), actual.sourcePartition());
        equal(path.then("offset"), comparable(expected.sourceOffset()), comparable(actual.sourceOffset()));
        int before = found.count();
        data(path.then("key"), expected.keySchema(), expected.key(), actual.keySchema(), actual.key());
        data(path.then("value"), expected.valueSchema(), expected.value(), actual.valueSchema(), actual.value());
        headers(path, expected, actual);
        if (found.count() == before) {
            List<String> json = comparable(connectJson.of(expected));
            equal(path.then("JSON by Connect"), json, comparable(connectJson.of(actual)));
            equal(path.then("JSON by our converter"), json, comparable(untouched));
            equal(path.then("Avro by our converter"), avro.ofOracle(actual), untouchedAvro);
        }
    }

    /** JSON that does not say whether the elements of arrays may be null: in ours they may be. */
    private static List<String> comparable(List<String> json) {
        return json.stream()
                .map(text -> ELEMENTS.matcher(text).replaceAll("$1"))
                .toList();
    }

    /** An offset without the keys that only ours has. */
    private static Map<String, Object> comparable(Map<String, ?> offset) {
        Map<String, Object> rest = new HashMap<>();
        offset.forEach((key, value) -> rest.put(Identities.without(key), value));
        rest.remove(Position.OPEN);
        rest.remove(Position.ORDINAL);
        rest.remove(Position.CHANGE);
        rest.remove(ServerTimeline.SYSTEM_ID);
        rest.remove(ServerTimeline.TIMELINE);
        rest.remove(ServerTimeline.HISTORY);
        rest.keySet().removeAll(Backfill.KEYS);
        rest.keySet().removeIf(key -> key.startsWith(Position.COUNTED));
        return rest;
    }

    private void headers(Path path, SourceRecord expected, SourceRecord actual) {
        equal(
                path.then("number of headers"),
                expected.headers().size(),
                actual.headers().size());
        var others = actual.headers().iterator();
        for (Header header : expected.headers()) {
            if (others.hasNext()) {
                Header other = others.next();
                equal(path.then("name of header"), header.key(), other.key());
                schemas.compare(
                        path.then("header").then(header.key()).then("<schema>"), header.schema(), other.schema());
                if (!header.key().equals(RUN)) {
                    values.compare(path.then("header").then(header.key()), header.value(), other.value());
                }
            }
        }
    }

    private void data(
            Path path,
            @Nullable Schema expectedSchema,
            @Nullable Object expected,
            @Nullable Schema actualSchema,
            @Nullable Object actual) {
        schemas.compare(path.then("<schema>"), expectedSchema, actualSchema);
        values.compare(path, expected, actual);
    }

    private void equal(Path path, @Nullable Object expected, @Nullable Object actual) {
        found.check(path, Objects.equals(expected, actual), expected, actual);
    }
}
