// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.DynamicNode;

/**
 * The records of one WAL that two contenders have read.
 *
 * @param expected the records of Debezium
 * @param actual the records of ours
 */
record Readings(List<SourceRecord> expected, List<SourceRecord> actual) {

    /** One test for the order of the records, and one for each topic. */
    Stream<DynamicNode> tests() {
        Stream<DynamicNode> sequence = Stream.of(dynamicTest("the sequence of topics", this::assertSameSequence));
        return Stream.concat(sequence, testsOfTopics());
    }

    /** One test for each topic of either contender. */
    Stream<DynamicNode> testsOfTopics() {
        return Stream.concat(expected.stream(), actual.stream())
                .map(SourceRecord::topic)
                .distinct()
                .map(topic -> dynamicTest(topic, () -> of(topic).assertSame("topic " + topic)));
    }

    private void assertSameSequence() {
        Differences found = new Differences();
        for (int i = 0; i < Math.max(expected.size(), actual.size()) && found.isEmpty(); i++) {
            String one = title(expected, i);
            String other = title(actual, i);
            found.check(Path.of(i), one.equals(other), one, other);
        }
        assertThat(found.isEmpty()).as(found.toString()).isTrue();
    }

    private static String title(List<SourceRecord> records, int i) {
        if (i >= records.size()) {
            return "no record";
        }
        SourceRecord record = records.get(i);
        return record.topic() + " " + record.key() + (record.value() == null ? " tombstone" : "");
    }

    /** Fails with the first differences. The context says how to reproduce them. */
    void assertSame(String context) {
        Differences found = RecordComparison.between(expected, actual);
        assertThat(found.isEmpty()).as(() -> found + "\nin " + context).isTrue();
    }

    private Readings of(String topic) {
        return new Readings(of(topic, expected), of(topic, actual));
    }

    private static List<SourceRecord> of(String topic, List<SourceRecord> records) {
        return records.stream().filter(record -> record.topic().equals(topic)).toList();
    }
}
