// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

    private final Table table =
            new Table(List.of("who", "rows"), List.of(List.of("ours", "9"), List.of("me", "10,000")));

    @Test
    void textIsAligned() {
        assertThat(table.text()).isEqualTo("""
                who     rows
                ours       9
                me    10,000""");
    }

    @Test
    void markdown() {
        assertThat(table.markdown()).isEqualTo("""
                | who | rows |
                |---|---:|
                | ours | 9 |
                | me | 10,000 |""");
    }
}
