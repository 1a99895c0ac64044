// SPDX-License-Identifier: Apache-2.0
package dev.tributary.services.sales;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The topics that must exist before Kafka Streams starts, which fails without them. */
final class SalesTopics {

    private static final Logger LOG = LoggerFactory.getLogger(SalesTopics.class);
    private static final long PAUSE_MILLIS = 500;

    private final Admin admin;

    SalesTopics(Admin admin) {
        this.admin = admin;
    }

    /** Waits without limit for topics that other processes create. */
    void await(Set<String> topics) throws InterruptedException, ExecutionException {
        boolean logged = false;
        while (!retry(() -> admin.listTopics().names().get()).containsAll(topics)) {
            if (!logged) {
                LOG.info("Waiting until the topics {} exist", topics);
                logged = true;
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    /** A request to the brokers. */
    @FunctionalInterface
    private interface Question<T> {

        T ask() throws InterruptedException, ExecutionException;
    }

    /** Retries until Kafka responds, since brokers may be unavailable. */
    private static <T> T retry(Question<T> question) throws InterruptedException, ExecutionException {
        while (true) {
            try {
                return question.ask();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TimeoutException)) {
                    throw e;
                }
                LOG.warn("No response from Kafka, retrying: {}", e.getCause().getMessage());
            }
        }
    }

    /** Creates the topic that the service writes, unless it exists, with the brokers' default replication factor. */
    void create(String topic, int partitions) throws InterruptedException, ExecutionException {
        NewTopic newTopic = new NewTopic(topic, Optional.of(partitions), Optional.empty())
                .configs(Map.of("cleanup.policy", "compact"));
        try {
            retry(() -> admin.createTopics(List.of(newTopic)).all().get());
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }
}
