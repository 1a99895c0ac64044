// SPDX-License-Identifier: Apache-2.0
package dev.tributary.position;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class StoredOffsetTest {

    @Test
    void thereIsNoneBeforeTheFirstRecord() {
        assertThat(StoredOffset.of(null)).isEmpty();
        assertThat(StoredOffset.of(Map.of())).isEmpty();
    }

    @Test
    void resumesAtTheFurthestCompletedPosition() {
        assertThat(new StoredOffset(Map.of("lsn", 9L, "lsn_proc", 7L, "lsn_commit", 5L)).resumesAt())
                .contains(new Lsn(7));
        assertThat(new StoredOffset(Map.of("lsn", 9L, "lsn_commit", 5L)).resumesAt())
                .contains(new Lsn(5));
        assertThat(new StoredOffset(Map.of("lsn", 9L)).resumesAt()).contains(new Lsn(9));
        assertThat(new StoredOffset(Map.of("ts_usec", 9L)).resumesAt()).isEmpty();
    }

    @Test
    void aWholeNumberIsAPosition() {
        assertThat(new StoredOffset(Map.of("lsn", 9L, "lsn_proc", 7)).problems())
                .isEmpty();
    }

    @Test
    void everythingThatIsWrongIsNamedAtOnce() {
        assertThat(new StoredOffset(Map.of("lsn", "0/9", "lsn_proc", 1.5)).problems())
                .hasSize(2)
                .anySatisfy(problem -> assertThat(problem).contains("lsn must", "0/9"))
                .anySatisfy(problem -> assertThat(problem).contains("lsn_proc must", "1.5"));
        assertThat(new StoredOffset(Map.of("ts_usec", 9L)).problems())
                .singleElement()
                .asString()
                .contains("has no position");
    }
}
