// SPDX-License-Identifier: Apache-2.0
package dev.tributary.services.orderboard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.services.TopicReader;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The names of all customers. Each instance has all of them, because its orders can belong to any customer. */
final class CustomerNames implements TopicReader.Follower {

    private static final Logger LOG = LoggerFactory.getLogger(CustomerNames.class);

    private final ObjectMapper json = new ObjectMapper();
    private final Map<Long, String> names = new ConcurrentHashMap<>();
    private final LongConsumer changed;
    private final Runnable complete;

    /**
     * @param changed called with each customer whose name has changed
     * @param complete called when all existing names have been read
     */
    CustomerNames(LongConsumer changed, Runnable complete) {
        this.changed = changed;
        this.complete = complete;
    }

    /** The name of a customer; empty if the row has not arrived yet, since topics are not synchronized. */
    Optional<String> of(long customer) {
        return Optional.ofNullable(names.get(customer));
    }

    @Override
    public void caughtUp() {
        complete.run();
    }

    @Override
    public void record(ConsumerRecord<String, @Nullable String> record) {
        try {
            long id = json.readTree(record.key()).path("id").asLong();
            String value = record.value();
            JsonNode name = value == null ? null : json.readTree(value).get("name");
            String before = name == null ? names.remove(id) : names.put(id, name.asText());
            if (!Objects.equals(before, names.get(id))) {
                changed.accept(id);
            }
        } catch (JsonProcessingException e) {
            LOG.warn("Skipped partition {}, offset {} of {}", record.partition(), record.offset(), record.topic());
        }
    }
}
