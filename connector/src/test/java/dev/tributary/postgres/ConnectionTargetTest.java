// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ConnectionTargetTest {

    @Test
    void writesUrlAndPropertiesForTheDriver() {
        // Given
        var target = new ConnectionTarget("::1", 5433, "my shop", "app", "hush-hush", Map.of("sslmode", "require"));

        // When / Then
        assertThat(target.url()).isEqualTo("jdbc:postgresql://[::1]:5433/my+shop");
        assertThat(target.properties())
                .contains(
                        Map.entry("user", "app"), Map.entry("password", "hush-hush"), Map.entry("sslmode", "require"));
    }

    @Test
    void keepsSecretsOutOfItsText() {
        // Given
        var target = new ConnectionTarget(
                "db", 5432, "shop", "app", "hush-hush", Map.of("sslpassword", "mum", "sslmode", "on"));

        // When / Then
        assertThat(target).hasToString("app@db:5432/shop [sslmode, sslpassword]");
    }

    @Test
    void sortsAndQuotesTableNames() {
        assertThat(new TableName("a", "z")).isLessThan(new TableName("b", "a"));
        assertThat(new TableName("Sales", "order").quoted()).isEqualTo("\"Sales\".\"order\"");
        assertThat(new TableName("Sales", "order")).hasToString("Sales.order");
    }
}
