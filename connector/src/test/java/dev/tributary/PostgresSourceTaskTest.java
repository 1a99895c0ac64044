// SPDX-License-Identifier: Apache-2.0
package dev.tributary;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.Test;

class PostgresSourceTaskTest {

    @Test
    void aTaskOnAWorkerWithoutTheConfigProviderFailsWithTheReference() {
        // Given
        PostgresSourceTask task = new PostgresSourceTask();
        Map<String, String> options = Map.of(
                "database.hostname", "127.0.0.1",
                "database.user", "tributary",
                "database.password", "${vault:shop:password}",
                "database.dbname", "shop",
                "topic.prefix", "shop");

        // Then
        assertThatThrownBy(() -> task.start(options))
                .isInstanceOf(ConnectException.class)
                .hasMessageStartingWith("database.password: unresolved placeholder ${vault:shop:password}; is the"
                        + " config provider 'vault' set up");
    }
}
