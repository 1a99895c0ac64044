// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox;

import dev.tributary.sandbox.link.Link;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The ports of one node of a cluster, and the links in front of them. DIRECT is for checks, CLIENT for workers, PEER
 * for replication, CONTROLLER for the quorum. All but DIRECT are advertised with the port of their link.
 *
 * @param id the {@code node.id}
 */
record KafkaNode(
        int id,
        int directPort,
        int clientPort,
        int peerPort,
        int controllerPort,
        Link clients,
        Link peers,
        Link controllers) {

    /** A node on free ports. */
    static KafkaNode create(Sandbox sandbox, int id) {
        int client = LoopbackPort.free();
        int peer = LoopbackPort.free();
        int controller = LoopbackPort.free();
        return new KafkaNode(
                id,
                LoopbackPort.free(),
                client,
                peer,
                controller,
                sandbox.link("worker to broker " + id, client),
                sandbox.link("peers to broker " + id, peer),
                sandbox.link("controllers to broker " + id, controller));
    }

    /** Three replicas of everything, of which a write needs two, and no delays. */
    static Map<String, String> defaults() {
        Map<String, String> settings = KafkaBroker.defaults();
        settings.put("default.replication.factor", "3");
        settings.put("min.insync.replicas", "2");
        settings.put("offsets.topic.replication.factor", "3");
        settings.put("offsets.topic.num.partitions", "3");
        settings.put("transaction.state.log.replication.factor", "3");
        settings.put("transaction.state.log.min.isr", "2");
        settings.put("transaction.state.log.num.partitions", "3");
        settings.put("share.coordinator.state.topic.replication.factor", "3");
        settings.put("share.coordinator.state.topic.min.isr", "2");
        // A write waits for a replica that does not respond until this ends.
        settings.put("replica.lag.time.max.ms", "5000");
        settings.put("replica.socket.timeout.ms", "5000");
        settings.putAll(KafkaLogin.ofBroker());
        return settings;
    }

    /** The settings for network and quorum. */
    Map<String, String> settings(List<KafkaNode> all) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(id));
        settings.put("listeners", listeners(clientPort, peerPort, controllerPort));
        settings.put("advertised.listeners", listeners(clients.port(), peers.port(), controllers.port()));
        settings.put(
                "listener.security.protocol.map",
                "DIRECT:PLAINTEXT,CLIENT:SASL_PLAINTEXT,PEER:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put("inter.broker.listener.name", "PEER");
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put(
                "controller.quorum.voters",
                all.stream()
                        .map(node -> node.id + "@127.0.0.1:" + node.controllers.port())
                        .collect(Collectors.joining(",")));
        return settings;
    }

    private String listeners(int client, int peer, int controller) {
        return "DIRECT://127.0.0.1:" + directPort + ",CLIENT://127.0.0.1:" + client + ",PEER://127.0.0.1:" + peer
                + ",CONTROLLER://127.0.0.1:" + controller;
    }
}
