// SPDX-License-Identifier: Apache-2.0
package dev.tributary.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** A topic of one partition, read as a consumer reads it that asks the registry for schemas. */
final class AvroTopic implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int HEADER = 5;

    private final KafkaConsumer<byte @Nullable [], byte @Nullable []> consumer;
    private final Registry registry;
    private final List<Message> messages = new ArrayList<>();

    /**
     * A message with a value.
     *
     * @param schema the id of the value's schema
     * @param key the key
     * @param value the value, as its producer wrote it
     * @param raw the same as bytes
     */
    record Message(int schema, GenericRecord key, GenericRecord value, ByteBuffer raw) {

        /** The row after the change. */
        GenericRecord after() {
            return (GenericRecord) value.get("after");
        }
    }

    AvroTopic(String bootstrapServers, String topic, Registry registry) {
        this.registry = registry;
        this.consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "auto.offset.reset", "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        consumer.assign(List.of(new TopicPartition(topic, 0)));
    }

    /** Reads until this many messages with a value have arrived since the beginning, and returns all. */
    List<Message> await(int count) {
        return await(count + " messages", () -> messages.size() >= count);
    }

    /** Reads until a message has arrived whose key is an id. */
    void awaitKey(int id) {
        await(
                "message of " + id,
                () -> messages.stream()
                        .anyMatch(message -> message.key().get("id").equals(id)));
    }

    private List<Message> await(String what, BooleanSupplier arrived) {
        long deadline = System.nanoTime() + WaitLimit.LIMIT.toNanos();
        while (!arrived.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("No " + what + "; " + messages.size() + " messages arrived");
            }
            for (ConsumerRecord<byte @Nullable [], byte @Nullable []> record : consumer.poll(Duration.ofMillis(200))) {
                byte[] key = record.key();
                byte[] value = record.value();
                if (key != null && value != null) {
                    messages.add(new Message(
                            id(value), registry.read(key, null), registry.read(value, null), ByteBuffer.wrap(value)));
                }
            }
        }
        return List.copyOf(messages);
    }

    /** What a consumer with a schema of its own reads from a message. */
    GenericRecord read(int message, Schema reader) {
        return registry.read(messages.get(message).raw().array(), reader);
    }

    private static int id(byte[] message) {
        return ByteBuffer.wrap(message).getInt(1);
    }

    @Override
    public void close() {
        consumer.close();
    }

    /** The REST API of a registry, as a consumer and an administrator use it. */
    static final class Registry {

        private final HttpClient http = HttpClient.newHttpClient();
        private final String url;

        Registry(String url) {
            this.url = url;
        }

        /** The names of all subjects. */
        List<String> subjects() {
            List<String> subjects = new ArrayList<>();
            sent("GET", "/subjects", null).forEach(subject -> subjects.add(subject.asText()));
            return subjects;
        }

        /** The versions of a subject. */
        List<Integer> versions(String subject) {
            List<Integer> versions = new ArrayList<>();
            sent("GET", "/subjects/" + subject + "/versions", null).forEach(version -> versions.add(version.asInt()));
            return versions;
        }

        /** The schema of a version of a subject. */
        Schema schema(String subject, int version) {
            return parsed(sent("GET", "/subjects/" + subject + "/versions/" + version, null));
        }

        /** Sets the compatibility of all subjects that have none of their own. */
        void requires(String compatibility) {
            sent("PUT", "/config", "{\"compatibility\":\"" + compatibility + "\"}");
        }

        /** What a reader with a schema sees; null for the schema of the message. */
        GenericRecord read(byte[] message, @Nullable Schema reader) {
            Schema writer = parsed(sent("GET", "/schemas/ids/" + id(message), null));
            try {
                return new GenericDatumReader<GenericRecord>(writer, reader == null ? writer : reader)
                        .read(null, DecoderFactory.get().binaryDecoder(message, HEADER, message.length - HEADER, null));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static Schema parsed(JsonNode answer) {
            return new Schema.Parser().parse(answer.path("schema").asText());
        }

        private JsonNode sent(String method, String path, @Nullable String body) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                    .header("Content-Type", "application/json")
                    .method(
                            method,
                            body == null
                                    ? HttpRequest.BodyPublishers.noBody()
                                    : HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8))
                    .build();
            try {
                HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
                if (response.statusCode() >= 300) {
                    throw new AssertionError(
                            path + " was answered with " + response.statusCode() + " " + response.body());
                }
                return JSON.readTree(response.body());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
    }
}
