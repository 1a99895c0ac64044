// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.arena;

import dev.tributary.sandbox.KafkaCluster;
import dev.tributary.sandbox.Server;
import dev.tributary.sandbox.chaos.log.TransactionLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;

/** What servers have written: the segments of partitions, and their own logs. */
public final class LogFiles {

    private LogFiles() {}

    /**
     * Reads which transactions wrote to some partitions, each from the files of its leader.
     *
     * @throws IOException if a file cannot be read
     * @throws ExecutionException if no broker says who the leaders are
     */
    public static TransactionLog read(KafkaCluster kafka, Set<TopicPartition> partitions)
            throws IOException, ExecutionException, InterruptedException {
        Set<String> topics = partitions.stream().map(TopicPartition::topic).collect(Collectors.toSet());
        Map<TopicPartition, Path> directories = new HashMap<>();
        try (Admin admin = kafka.admin()) {
            for (TopicDescription topic :
                    admin.describeTopics(topics).allTopicNames().get().values()) {
                for (TopicPartitionInfo info : topic.partitions()) {
                    TopicPartition partition = new TopicPartition(topic.name(), info.partition());
                    if (partitions.contains(partition)) {
                        Path data = kafka.brokers().get(info.leader().id() - 1).data();
                        directories.put(partition, data.resolve(partition.toString()));
                    }
                }
            }
        }
        return TransactionLog.read(directories);
    }

    /**
     * Whether the log of a server contains a text.
     *
     * @throws IOException if one cannot be read
     */
    public static boolean contain(List<? extends Server> servers, String text) throws IOException {
        for (Server server : servers) {
            try (Stream<String> lines = Files.lines(server.logFile())) {
                if (lines.anyMatch(line -> line.contains(text))) {
                    return true;
                }
            }
        }
        return false;
    }
}
