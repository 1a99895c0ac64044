// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LoadTableTest {

    @ParameterizedTest
    @EnumSource
    void aTableIsFoundByItsRelation(LoadTable table) {
        assertThat(LoadTable.named(table.relation())).contains(table);
    }

    @Test
    void aPartitionIsFoundAsItsRoot() {
        assertThat(LoadTable.named("measurement_17")).contains(LoadTable.MEASUREMENT);
    }

    @Test
    void anUnknownNameIsNoTable() {
        assertThat(LoadTable.named("measurement_x")).isEmpty();
        assertThat(LoadTable.named("change")).isEmpty();
    }

    @Test
    void thePatternMatchesWhatIsPublished() {
        assertThat("public.orders").matches(LoadTable.ORDERS.includePattern());
        assertThat("public.orders_old").doesNotMatch(LoadTable.ORDERS.includePattern());
        assertThat("public.measurement_3").matches(LoadTable.MEASUREMENT.includePattern());
        assertThat("public.measurement").doesNotMatch(LoadTable.MEASUREMENT.includePattern());
    }

    @ParameterizedTest
    @EnumSource
    void theKeyIsNoPartOfTheDigest(LoadTable table) {
        assertThat(table.payloadColumns()).isNotEmpty().noneMatch(table.keyColumns()::contains);
        assertThat(Stream.concat(table.keyColumns().stream(), table.payloadColumns().stream()))
                .allMatch(column -> String.join(" ", table.creation()).contains(column + " "));
    }
}
