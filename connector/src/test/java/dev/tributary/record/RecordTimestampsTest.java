// SPDX-License-Identifier: Apache-2.0
package dev.tributary.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

class RecordTimestampsTest {

    private static final long IN_TWO_HOURS = System.currentTimeMillis() + TimeUnit.HOURS.toMillis(2);

    @Test
    void aTimeOfThePastIsKept() {
        assertThat(RecordTimestamps.COMMIT.of(1_000)).isEqualTo(1_000);
        assertThat(RecordTimestamps.COMMIT.of(-1_000)).isEqualTo(-1_000);
        assertThat(RecordTimestamps.COMMIT.stamp(record(1_999)).timestamp()).isEqualTo(1);
    }

    @Test
    void aTimeAheadOfTheWorkersClockIsTheWorkersTime() {
        // Given
        long before = System.currentTimeMillis();

        // When
        Long direct = RecordTimestamps.COMMIT.of(IN_TWO_HOURS);
        Long stamped =
                RecordTimestamps.COMMIT.stamp(record(IN_TWO_HOURS * 1_000)).timestamp();

        // Then
        assertThat(direct).isBetween(before, System.currentTimeMillis());
        assertThat(stamped).isBetween(before, System.currentTimeMillis());
    }

    @Test
    void withoutTheOptionTheProducerSetsTheTime() {
        assertThat(RecordTimestamps.NONE.of(IN_TWO_HOURS)).isNull();
        assertThat(RecordTimestamps.NONE.stamp(record(1_000)).timestamp()).isNull();
    }

    private static SourceRecord record(long micros) {
        return new SourceRecord(
                Map.of("server", "shop"), Map.of("ts_usec", micros, "txId", 1L), "topic", Schema.INT32_SCHEMA, 1);
    }
}
