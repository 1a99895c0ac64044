// SPDX-License-Identifier: Apache-2.0
package dev.tributary.services.sales;

import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.GlobalKTable;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * The processing of the topics:
 *
 * <pre>{@code
 * order_lines ─► added or subtracted amounts ─► sum per product and minute of commit ────────────┐
 * products ──────────────────────────────────────────────────────────────────────── joined with ─┴─► revenue
 * }</pre>
 *
 * @param lines the topic of the flattened rows of {@code order_lines}; the timestamp of a record is the time of its
 *     commit
 * @param products the topic of the flattened rows of {@code products}
 * @param revenue the topic it writes to
 */
record SalesTopology(String lines, String products, String revenue) {

    Topology build() {
        StreamsBuilder builder = new StreamsBuilder();
        GlobalKTable<Long, Product> known =
                builder.globalTable(products, Consumed.with(KeySerde.ofId(), JsonSerde.of(Product.class)));
        builder.addStateStore(Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(LineChanges.STORE), Serdes.String(), JsonSerde.of(Line.class)));
        KStream<String, @Nullable Line> rows =
                builder.stream(lines, Consumed.with(Serdes.String(), JsonSerde.of(Line.class)));
        rows.process(LineChanges::new, LineChanges.STORE)
                .groupByKey(Grouped.with("by-product", JsonSerde.of(ProductMinute.class), JsonSerde.of(Sale.class)))
                // The minute is part of the key, not a window, so that late records count as well: after a long pause
                // of the service, its partitions are hours apart.
                .aggregate(
                        () -> Sale.NONE,
                        (minute, change, sum) -> sum.plus(change),
                        Materialized.<ProductMinute, Sale, KeyValueStore<Bytes, byte[]>>as("revenue")
                                .withKeySerde(JsonSerde.of(ProductMinute.class))
                                .withValueSerde(JsonSerde.of(Sale.class)))
                .toStream()
                .leftJoin(known, (minute, sum) -> minute.product(), SalesTopology::named)
                .to(revenue, Produced.with(JsonSerde.of(ProductMinute.class), JsonSerde.of(ProductRevenue.class)));
        return builder.build();
    }

    private static ProductRevenue named(ProductMinute minute, Sale sum, @Nullable Product product) {
        return new ProductRevenue(
                minute.product(),
                product == null ? "" : product.sku(),
                product == null ? "" : product.name(),
                minute.minute(),
                sum.quantity(),
                sum.revenue());
    }
}
