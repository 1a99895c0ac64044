// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.contest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordLogTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"id\":42} | 42",
                "{\"schema\":{\"type\":\"struct\",\"version\":1},\"payload\":{\"id\":1234567890123}} | 1234567890123",
                "{} | -1",
            })
    void readsTheIdOfAKeyWithOrWithoutItsSchema(String key, long id) {
        assertThat(RecordLog.id(key.getBytes(StandardCharsets.UTF_8))).isEqualTo(id);
    }
}
