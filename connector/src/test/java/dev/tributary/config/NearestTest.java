// SPDX-License-Identifier: Apache-2.0
package dev.tributary.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {

    @Test
    void findsAWordWithLettersSwappedMissingOrAdded() {
        // Given
        var options = List.of("slot.name", "database.hostname", "database.port", "table.include.list");

        // When / Then
        assertThat(Nearest.to("slto.name", options)).containsExactly("slot.name");
        assertThat(Nearest.to("database.hostnam", options)).containsExactly("database.hostname");
        assertThat(Nearest.to("table.includes.list", options)).containsExactly("table.include.list");
    }

    @Test
    void sortsByDistanceAndReturnsAtMostThree() {
        // Given
        var tables = List.of("invoices4", "nivoices", "invoices", "invoice", "invoicez", "voices");

        // When
        var nearest = Nearest.to("invoices1", tables);

        // Then
        assertThat(nearest).containsExactly("invoices", "invoices4", "invoice");
    }

    @Test
    void ignoresCase() {
        assertThat(Nearest.to("public.Orders", List.of("public.orders"))).containsExactly("public.orders");
    }

    @Test
    void suggestsNeitherDistantWordsNorTheWordItself() {
        assertThat(Nearest.to("orders", List.of("customers", "orders", "x"))).isEmpty();
    }
}
