// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox;

import dev.tributary.sandbox.link.Link;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * A real Kafka of {@value #SIZE} nodes on 127.0.0.1, each broker and controller. Everything has three replicas, and a
 * write needs two, so one broker at a time may fail.
 *
 * <p>Clients that are tested connect through a {@link Link} to each broker, as the user {@value #USER}; so do brokers
 * and controllers among themselves, without a login. Checks connect {@linkplain #directBootstrapServers() directly}.
 */
public final class KafkaCluster implements AutoCloseable {

    /** The number of brokers. */
    public static final int SIZE = 3;

    /** The user of the links for clients. */
    public static final String USER = KafkaLogin.USER;

    private static final long ADMIN_SECONDS = 60;

    private final List<KafkaNode> nodes;
    private final List<KafkaBroker> brokers;

    private KafkaCluster(List<KafkaNode> nodes, List<KafkaBroker> brokers) {
        this.nodes = nodes;
        this.brokers = brokers;
    }

    /** The brokers, in the order of their {@code node.id}, which starts at 1. Each can be ended and started again. */
    public List<KafkaBroker> brokers() {
        return brokers;
    }

    /** Starts the brokers that do not run, all at once, because a quorum needs two. Returns when all are ready. */
    public void start() {
        List<KafkaBroker> ended =
                brokers.stream().filter(broker -> !broker.isRunning()).toList();
        inParallel(ended, broker -> {
            broker.start();
            return broker;
        });
    }

    /** The {@code bootstrap.servers} for clients with {@link #clientProperties()}, through the links for clients. */
    public String bootstrapServers() {
        return clientLinks().stream().map(link -> "127.0.0.1:" + link.port()).collect(Collectors.joining(","));
    }

    /** The {@code bootstrap.servers} for clients that no fault of a link affects. They need no login. */
    public String directBootstrapServers() {
        return brokers.stream().map(KafkaBroker::bootstrapServers).collect(Collectors.joining(","));
    }

    /** The links from clients to the brokers, in the order of the brokers. */
    public List<Link> clientLinks() {
        return nodes.stream().map(KafkaNode::clients).toList();
    }

    /**
     * The links from the other brokers to each broker, in the order of the brokers: replication and transactions. A
     * broker fetches through the links of the others, so a fault of its own link concerns what it leads.
     */
    public List<Link> peerLinks() {
        return nodes.stream().map(KafkaNode::peers).toList();
    }

    /**
     * The links from all brokers and controllers to the controller of each node, in the order of the brokers: the
     * quorum and the heartbeats of brokers.
     */
    public List<Link> controllerLinks() {
        return nodes.stream().map(KafkaNode::controllers).toList();
    }

    /** The properties that a client needs to log in through the links. */
    public Map<String, String> clientProperties() {
        return KafkaLogin.ofClient();
    }

    /** A new admin client with a direct connection. The caller closes it. */
    public Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", directBootstrapServers()));
    }

    /** Denies {@value #USER} to write to a topic. The brokers follow within moments. */
    public void denyWrite(String topic) {
        try (Admin admin = admin()) {
            await("denying writes to " + topic, admin.createAcls(acls(topic)).all());
        }
    }

    /** Ends {@link #denyWrite}. The brokers follow within moments. */
    public void allowWrite(String topic) {
        try (Admin admin = admin()) {
            await(
                    "allowing writes to " + topic,
                    admin.deleteAcls(acls(topic).stream()
                                    .map(AclBinding::toFilter)
                                    .toList())
                            .all());
        }
    }

    /** Ends all brokers and links in the quickest way. */
    @Override
    public void close() {
        brokers.forEach(KafkaBroker::close);
        for (KafkaNode node : nodes) {
            node.clients().close();
            node.peers().close();
            node.controllers().close();
        }
    }

    @Override
    public String toString() {
        return "Kafka cluster on " + directBootstrapServers();
    }

    /** The second rule allows the rest, since a topic with any rule is forbidden to those whom no rule names. */
    private static List<AclBinding> acls(String topic) {
        ResourcePattern resource = new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL);
        return List.of(
                new AclBinding(
                        resource,
                        new AccessControlEntry("User:" + USER, "*", AclOperation.WRITE, AclPermissionType.DENY)),
                new AclBinding(
                        resource, new AccessControlEntry("User:*", "*", AclOperation.ALL, AclPermissionType.ALLOW)));
    }

    private static void await(String what, KafkaFuture<?> future) {
        try {
            future.get(ADMIN_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new SandboxException(what + " failed: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxException(what + " was interrupted", e);
        }
    }

    private static <T, R> List<R> inParallel(List<T> items, Function<T, R> action) {
        List<CompletableFuture<R>> results = new ArrayList<>();
        for (T item : items) {
            CompletableFuture<R> result = new CompletableFuture<>();
            Thread thread = new Thread(() -> {
                try {
                    result.complete(action.apply(item));
                } catch (RuntimeException e) {
                    result.completeExceptionally(e);
                }
            });
            thread.setDaemon(true);
            thread.start();
            results.add(result);
        }
        try {
            CompletableFuture.allOf(results.toArray(CompletableFuture[]::new)).join();
            return results.stream().map(CompletableFuture::join).toList();
        } catch (CompletionException e) {
            throw new SandboxException(String.valueOf(e.getCause()), e);
        }
    }

    /** Configures a cluster. Every setting has a default; the heap of each broker is at most 320m. */
    public static final class Builder {

        private final Sandbox sandbox;
        private final Map<String, String> settings = KafkaNode.defaults();
        private final Map<Integer, Path> data = new LinkedHashMap<>();
        private final Map<Integer, Map<String, String>> environments = new LinkedHashMap<>();
        private final List<String> jvmArguments = new ArrayList<>();
        private String heap = "320m";

        Builder(Sandbox sandbox) {
            this.sandbox = sandbox;
        }

        /** A property of all brokers. It overrides the sandbox's default. */
        public Builder setting(String name, String value) {
            settings.put(name, value);
            return this;
        }

        /** The largest heap of each broker, as {@code -Xmx} takes it. */
        public Builder heap(String heap) {
            this.heap = heap;
            return this;
        }

        /** An argument for the JVM of each broker. */
        public Builder jvmArgument(String argument) {
            jvmArguments.add(argument);
            return this;
        }

        /** The directory for the data of one broker, such as that of a {@link SmallDisk}; brokers count from 1. */
        public Builder dataDirectory(int broker, Path directory) {
            data.put(broker, directory.toAbsolutePath());
            return this;
        }

        /**
         * A clock that can jump, for one broker; brokers count from 1.
         *
         * @throws SandboxException unless {@link ServerClock#isAvailable()}
         */
        public Builder clock(int broker, ServerClock clock) {
            environments.put(broker, clock.environment());
            return this;
        }

        /** Starts the brokers and returns when all of them respond to clients. */
        public KafkaCluster start() {
            Uuid cluster = Uuid.randomUuid();
            List<KafkaNode> nodes = IntStream.rangeClosed(1, SIZE)
                    .mapToObj(id -> KafkaNode.create(sandbox, id))
                    .toList();
            List<Site> sites =
                    nodes.stream().map(node -> sandbox.site("broker")).toList();
            List<KafkaBroker> brokers =
                    inParallel(nodes, node -> broker(node, nodes, sites.get(nodes.indexOf(node)), cluster));
            for (int i = 0; i < SIZE; i++) {
                sites.get(i).started().accept(brokers.get(i));
            }
            KafkaCluster started = new KafkaCluster(nodes, brokers);
            started.start();
            return started;
        }

        private KafkaBroker broker(KafkaNode node, List<KafkaNode> all, Site site, Uuid cluster) {
            Path directory = site.directory().toAbsolutePath();
            KafkaJvm jvm = new KafkaJvm(
                    KafkaJvm.HERE,
                    site.distribution().kafkaClasspath(),
                    directory,
                    heap,
                    jvmArguments,
                    environments.getOrDefault(node.id(), Map.of()));
            Map<String, String> complete = node.settings(all);
            complete.put(
                    "log.dirs",
                    data.getOrDefault(node.id(), directory.resolve("log")).toString());
            if (data.containsKey(node.id())) {
                // A controller whose own log is damaged does not start any more, and needs a new one.
                complete.put("metadata.log.dir", directory.resolve("metadata").toString());
            }
            complete.putAll(settings);
            return new KafkaBroker(site.log(), jvm, node.directPort(), complete, cluster);
        }
    }
}
