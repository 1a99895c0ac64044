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

/** The topics that have to be there before Kafka Streams starts: it fails without them. */
final class SalesTopics {

    private static final Logger LOG = LoggerFactory.getLogger(SalesTopics.class);
    private static final long PAUSE_MILLIS = 500;

    private final Admin admin;

    SalesTopics(Admin admin) {
        this.admin = admin;
    }

    /** Waits for topics that others make, for as long as it takes. */
    void await(Set<String> topics) throws InterruptedException, ExecutionException {
        boolean told = false;
        while (!patiently(() -> admin.listTopics().names().get()).containsAll(topics)) {
            if (!told) {
                LOG.info("Waiting for the topics {}", topics);
                told = true;
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    /** A question to the brokers. */
    @FunctionalInterface
    private interface Question<T> {

        T ask() throws InterruptedException, ExecutionException;
    }

    /** Asks until there is an answer: brokers come and go. */
    private static <T> T patiently(Question<T> question) throws InterruptedException, ExecutionException {
        while (true) {
            try {
                return question.ask();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TimeoutException)) {
                    throw e;
                }
                LOG.warn("No answer from Kafka, asking again: {}", e.getCause().getMessage());
            }
        }
    }

    /** Makes the topic that the service writes, unless it is there; with as many copies as the brokers give by default. */
    void create(String topic, int partitions) throws InterruptedException, ExecutionException {
        NewTopic wanted = new NewTopic(topic, Optional.of(partitions), Optional.empty())
                .configs(Map.of("cleanup.policy", "compact"));
        try {
            patiently(() -> admin.createTopics(List.of(wanted)).all().get());
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }
}
