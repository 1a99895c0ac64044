// SPDX-License-Identifier: Apache-2.0
package dev.tributary;

import dev.tributary.postgres.TableName;
import dev.tributary.preflight.Finding;
import dev.tributary.preflight.Preflight;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
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
        private final Predicate<TableName> captured;

        private Claim(String prefix, String connector, Predicate<TableName> captured) {
            this.prefix = prefix;
            this.connector = connector;
            this.captured = captured;
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
     * Claims a topic prefix for a task. A task of the same connector takes over.
     *
     * @param captured the tables that the filters of the task include
     * @throws ConnectException if a task of another connector has it
     */
    static Claim claim(String prefix, String connector, Predicate<TableName> captured) {
        synchronized (CLAIMS) {
            Optional<String> other = other(prefix, connector);
            if (other.isPresent()) {
                Finding finding = Preflight.prefixTaken(prefix, other.get());
                throw new ConnectException(finding.option() + ": " + finding.message());
            }
            Claim claim = new Claim(prefix, connector, captured);
            CLAIMS.put(prefix, claim);
            return claim;
        }
    }

    /** The tables that the filters of a connector's task include; empty if it does not run in this JVM. */
    static Optional<Predicate<TableName>> captured(String prefix, String connector) {
        synchronized (CLAIMS) {
            return Optional.ofNullable(CLAIMS.get(prefix))
                    .filter(claim -> claim.connector.equals(connector))
                    .map(claim -> claim.captured);
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
