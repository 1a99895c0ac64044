// SPDX-License-Identifier: Apache-2.0
package dev.tributary;

import dev.tributary.config.ConnectorConfig;
import dev.tributary.preflight.Finding;
import dev.tributary.preflight.Preflight;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.errors.ConnectException;

/**
 * The connectors whose tasks run in this JVM. Two that share a topic prefix would write to the same topics and share
 * their MBeans, so the second one is refused.
 */
final class RunningConnectors {

    /** By topic prefix. */
    private static final Map<String, Claim> CLAIMS = new HashMap<>();

    private RunningConnectors() {}

    /** The right of a task to its topic prefix, until it is closed. */
    static final class Claim implements AutoCloseable {

        private final String prefix;
        private final String connector;
        private final ConnectorConfig config;

        private Claim(ConnectorConfig config) {
            this.prefix = config.claimedPrefix();
            this.connector = config.connectorName();
            this.config = config;
        }

        /** Ends it, unless a newer task of the same connector has taken over. */
        @Override
        public void close() {
            synchronized (CLAIMS) {
                CLAIMS.remove(prefix, this);
            }
        }
    }

    /**
     * Claims the topic prefix of a task. A task of the same connector takes over.
     *
     * @param config the configuration of the task
     * @throws ConnectException if a task of another connector has it
     */
    static Claim claim(ConnectorConfig config) {
        Claim claim = new Claim(config);
        synchronized (CLAIMS) {
            Optional<String> other = other(claim.prefix, claim.connector);
            if (other.isPresent()) {
                Finding finding = Preflight.prefixTaken(claim.prefix, other.get());
                throw new ConnectException(finding.option() + ": " + finding.message());
            }
            CLAIMS.put(claim.prefix, claim);
            return claim;
        }
    }

    /** The configuration of a connector's task; empty if it does not run in this JVM, or has failed. */
    static Optional<ConnectorConfig> running(String prefix, String connector) {
        synchronized (CLAIMS) {
            return Optional.ofNullable(CLAIMS.get(prefix))
                    .filter(claim -> claim.connector.equals(connector))
                    .map(claim -> claim.config);
        }
    }

    /** The other connector that has a topic prefix in this JVM. */
    static Optional<String> other(String prefix, String connector) {
        synchronized (CLAIMS) {
            return Optional.ofNullable(CLAIMS.get(prefix))
                    .map(claim -> claim.connector)
                    .filter(holder -> !holder.equals(connector));
        }
    }
}
