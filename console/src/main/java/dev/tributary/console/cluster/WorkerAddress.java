// SPDX-License-Identifier: Apache-2.0
package dev.tributary.console.cluster;

import java.net.URI;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/**
 * How the workers of the cluster reach one another: the scheme of the listener that they advertise, and TLS with the
 * settings of {@code listeners.https.} if there are any, or else those of the worker. All workers are configured alike,
 * as for Connect's own requests.
 */
final class WorkerAddress {

    private static final String HTTPS = "https";
    private static final String PREFIX = "listeners.https.";

    private final Map<String, ?> worker;
    private final String scheme;

    WorkerAddress(Map<String, ?> worker) {
        this.worker = worker;
        this.scheme = scheme(worker);
    }

    private static String scheme(Map<String, ?> worker) {
        String advertised =
                Objects.toString(worker.get("rest.advertised.listener"), "").toLowerCase(Locale.ROOT);
        if (!advertised.isBlank()) {
            return advertised;
        }
        String listeners = Objects.toString(worker.get("listeners"), "").toLowerCase(Locale.ROOT);
        return listeners.contains("https://") && !listeners.contains("http://") ? HTTPS : "http";
    }

    /** The address of a path of a worker, whose id is its host and port. */
    URI of(String workerId, String path) {
        return URI.create(scheme + "://" + workerId + path);
    }

    /** The default unless workers use HTTPS. */
    SSLContext tls() throws GeneralSecurityException {
        if (!scheme.equals(HTTPS)) {
            return SSLContext.getDefault();
        }
        Map<String, Object> own = new HashMap<>();
        Map<String, Object> general = new HashMap<>();
        worker.forEach((name, value) -> {
            if (name.startsWith(PREFIX)) {
                own.put(name.substring(PREFIX.length()), value);
            } else if (name.startsWith("ssl.")) {
                general.put(name, value);
            }
        });
        ConfigDef definition = new ConfigDef();
        SslConfigs.addClientSslSupport(definition);
        try (DefaultSslEngineFactory factory = new DefaultSslEngineFactory()) {
            factory.configure(new AbstractConfig(definition, own.isEmpty() ? general : own, false).values());
            return factory.sslContext();
        }
    }
}
