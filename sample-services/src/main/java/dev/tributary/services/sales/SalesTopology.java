// SPDX-License-Identifier: Apache-2.0
package dev.tributary.services.sales;

import java.time.Duration;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.GlobalKTable;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;
import org.jspecify.annotations.Nullable;

/**
 * What is done with the topics:
 *
 * <pre>{@code
 * order_lines ─► what each change adds or takes back ─► per product ─► sum per minute of commit ─┐
 * products ──────────────────────────────────────────────────────────────────────── joined with ─┴─► revenue
 * }</pre>
 *
 * @param lines the topic of the flattened rows of {@code order_lines}; the time of a record is that of the commit
 * @param products the topic of the flattened rows of {@code products}
 * @param revenue the topic it writes to
 */
record SalesTopology(String lines, String products, String revenue) {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** How much later than others a change may arrive: partitions are not in step. */
    private static final Duration GRACE = Duration.ofHours(1);

    Topology build() {
        StreamsBuilder builder = new StreamsBuilder();
        GlobalKTable<Long, Product> known =
                builder.globalTable(products, Consumed.with(KeySerde.ofId(), JsonSerde.of(Product.class)));
        builder.addStateStore(Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(LineChanges.STORE), Serdes.String(), JsonSerde.of(Line.class)));
        KStream<String, @Nullable Line> rows =
                builder.stream(lines, Consumed.with(Serdes.String(), JsonSerde.of(Line.class)));
        rows.process(LineChanges::new, LineChanges.STORE)
                .groupByKey(Grouped.with("by-product", Serdes.Long(), JsonSerde.of(Sale.class)))
                .windowedBy(TimeWindows.ofSizeAndGrace(MINUTE, GRACE))
                .aggregate(
                        () -> Sale.NONE,
                        (product, change, sum) -> sum.plus(change),
                        Materialized.<Long, Sale, WindowStore<Bytes, byte[]>>as("revenue")
                                .withKeySerde(Serdes.Long())
                                .withValueSerde(JsonSerde.of(Sale.class)))
                .toStream()
                .leftJoin(known, (minute, sum) -> minute.key(), SalesTopology::named)
                .map((minute, found) -> KeyValue.pair(new ProductMinute(found.product(), found.minute()), found))
                .to(revenue, Produced.with(JsonSerde.of(ProductMinute.class), JsonSerde.of(ProductRevenue.class)));
        return builder.build();
    }

    private static ProductRevenue named(Windowed<Long> minute, Sale sum, @Nullable Product product) {
        return new ProductRevenue(
                minute.key(),
                product == null ? "" : product.sku(),
                product == null ? "" : product.name(),
                minute.window().startTime().toString(),
                sum.quantity(),
                sum.revenue());
    }
}
