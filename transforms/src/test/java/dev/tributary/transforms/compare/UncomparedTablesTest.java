// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.transforms.event.TableName;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class UncomparedTablesTest {

    @Test
    void warnsOncePerTableAndForABoundedNumberOfTables() {
        // Given
        UncomparedTables uncompared = new UncomparedTables();
        PrintStream console = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();

        // When
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            for (int i = 0; i < 4 * UncomparedTables.MOST; i++) {
                uncompared.warn(new TableName("shop", "t" + i % (2 * UncomparedTables.MOST)));
            }
        } finally {
            System.setErr(console);
        }

        // Then
        assertThat(log.toString(StandardCharsets.UTF_8).lines())
                .hasSize(UncomparedTables.MOST)
                .doesNotHaveDuplicates();
    }
}
