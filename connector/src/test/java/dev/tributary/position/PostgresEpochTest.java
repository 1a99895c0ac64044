// SPDX-License-Identifier: Apache-2.0
package dev.tributary.position;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PostgresEpochTest {

    @Test
    void isThirtyYearsAfterTheUnixEpoch() {
        assertThat(PostgresEpoch.MICROS).isEqualTo(TimeUnit.DAYS.toMicros(30 * 365 + 7));
    }
}
