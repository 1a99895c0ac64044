// SPDX-License-Identifier: Apache-2.0
package dev.tributary.services.sales;

import dev.tributary.services.TopicReader;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The latest minutes by product, as written by all instances of the service. */
final class RevenueView implements TopicReader.Follower {

    private static final Logger LOG = LoggerFactory.getLogger(RevenueView.class);
    private static final int MINUTES = 24 * 60;

    private final Deserializer<ProductRevenue> json =
            JsonSerde.of(ProductRevenue.class).deserializer();
    private final NavigableMap<String, NavigableMap<Long, ProductRevenue>> minutes = new TreeMap<>();

    @Override
    public synchronized void record(ConsumerRecord<String, @Nullable String> record) {
        String value = record.value();
        if (value == null) {
            return;
        }
        try {
            ProductRevenue found = json.deserialize(record.topic(), value.getBytes(StandardCharsets.UTF_8));
            minutes.computeIfAbsent(found.minute(), minute -> new TreeMap<>()).put(found.product(), found);
            if (minutes.size() > MINUTES) {
                minutes.pollFirstEntry();
            }
        } catch (SerializationException e) {
            LOG.warn("Skipped partition {}, offset {} of {}", record.partition(), record.offset(), record.topic());
        }
    }

    /** The latest minutes, the most recent first; in each minute, the product with the highest revenue first. */
    synchronized List<ProductRevenue> latest(int count) {
        return minutes.descendingMap().values().stream()
                .limit(count)
                .map(NavigableMap::values)
                .flatMap(RevenueView::byRevenue)
                .toList();
    }

    private static Stream<ProductRevenue> byRevenue(Collection<ProductRevenue> minute) {
        return minute.stream()
                .sorted(Comparator.comparing(ProductRevenue::revenue).reversed());
    }
}
