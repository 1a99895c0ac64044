// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import static dev.tributary.transforms.SampleEvents.customer;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The configurations on the pages are valid, and those of the predicates do what the pages say. */
class PageConfigurationsTest {

    private static final Path PAGES = Path.of("..", "docs", "transforms");

    private final SampleEvents customers = SampleEvents.withSchemas();
    private final SampleEvents orders = customers.about("shop", "orders");
    private final SampleEvents log = customers.about("shop", "orders_log");

    static List<Path> pages() throws IOException {
        try (Stream<Path> pages = Files.list(PAGES)) {
            return pages.filter(page -> !page.endsWith("README.md")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyConfigurationIsValid(Path page) throws IOException {
        assertThat(Chain.onPage(page)).isNotEmpty();
    }

    @Test
    void isOperation() throws IOException {
        // Given
        List<Chain> chains = Chain.onPage(PAGES.resolve("IsOperation.md"));
        assertThat(chains).hasSize(2);
        Chain withoutDeletes = chains.get(0);
        Chain newRows = chains.get(1);

        // Then
        assertThat(withoutDeletes.apply(customers.delete(customer()))).isNull();
        assertThat(withoutDeletes.apply(customers.tombstone(customer()))).isNull();
        assertPassesOn(withoutDeletes, customers.create(customer()));
        assertPassesOn(withoutDeletes, customers.heartbeat());
        assertPassesOn(newRows, customers.create(customer()));
        assertPassesOn(newRows, customers.read(customer()));
        assertThat(newRows.apply(customers.update(null, customer()))).isNull();
        assertThat(newRows.apply(customers.tombstone(customer()))).isNull();
    }

    @Test
    void isTable() throws IOException {
        // Given
        List<Chain> chains = Chain.onPage(PAGES.resolve("IsTable.md"));
        assertThat(chains).hasSize(2);
        Chain withoutLogs = chains.get(0);
        Chain flatCustomers = chains.get(1);

        // Then
        assertThat(withoutLogs.apply(log.create(customer()))).isNull();
        assertThat(withoutLogs.apply(log.tombstone(customer()))).isNull();
        assertPassesOn(withoutLogs, orders.create(customer()));
        assertThat(flatCustomers.apply(orders.create(customer()))).isNull();
        assertThat(schemaOf(flatCustomers.apply(customers.create(customer())))).endsWith(".Value");
    }

    private static void assertPassesOn(Chain chain, SourceRecord record) {
        assertThat(chain.apply(record)).isSameAs(record);
    }

    private static @Nullable String schemaOf(@Nullable SourceRecord record) {
        return Objects.requireNonNull(record).valueSchema().name();
    }
}
