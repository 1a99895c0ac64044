// SPDX-License-Identifier: Apache-2.0
package dev.tributary.services.sales;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.jspecify.annotations.Nullable;

/** The keys of tables whose key column is {@code id}. */
final class KeySerde {

    private KeySerde() {}

    private record Key(@JsonProperty(required = true) long id) {}

    static Serde<Long> ofId() {
        Serde<Key> json = JsonSerde.of(Key.class);
        return Serdes.serdeFrom(
                (topic, id) -> id == null ? null : json.serializer().serialize(topic, new Key(id)),
                (topic, bytes) -> id(json.deserializer().deserialize(topic, bytes)));
    }

    private static @Nullable Long id(@Nullable Key key) {
        return key == null ? null : key.id();
    }
}
