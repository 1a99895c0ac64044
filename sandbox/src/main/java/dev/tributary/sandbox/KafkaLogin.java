// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox;

import java.util.Map;

/** The login of the tested clients at a cluster, so that access rules can name them. Nobody else logs in. */
final class KafkaLogin {

    static final String USER = "worker";

    private static final String PASSWORD = "worker-password";
    private static final String MODULE = "org.apache.kafka.common.security.plain.PlainLoginModule required ";

    private KafkaLogin() {}

    /** The settings of a broker: those of its listener CLIENT, and who may do what if no rule says otherwise. */
    static Map<String, String> ofBroker() {
        return Map.of(
                "listener.name.client.sasl.enabled.mechanisms",
                "PLAIN",
                "listener.name.client.plain.sasl.jaas.config",
                MODULE + "user_" + USER + "=\"" + PASSWORD + "\";",
                "authorizer.class.name",
                "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                "super.users",
                "User:ANONYMOUS",
                "allow.everyone.if.no.acl.found",
                "true");
    }

    static Map<String, String> ofClient() {
        return Map.of(
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                MODULE + "username=\"" + USER + "\" password=\"" + PASSWORD + "\";");
    }
}
