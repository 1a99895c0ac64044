// SPDX-License-Identifier: Apache-2.0
package dev.tributary.avro.registry;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * How a registry is reached.
 *
 * @param urls its URLs, at least one; the next one is tried if one does not answer
 * @param credentials who sends a request
 * @param headers further headers of each request
 * @param tls certificates; empty for those of the JDK
 * @param proxy a proxy; empty for the one of the JDK, if there is one
 * @param connectTimeout how long a connection may take
 * @param readTimeout how long an answer may take
 * @param retries how often a request is repeated that failed for a reason that can pass
 * @param pause how long to wait before the first repetition; it doubles each time
 * @param longestPause the longest such wait
 */
public record Access(
        List<URI> urls,
        Credentials credentials,
        Map<String, String> headers,
        Optional<SSLContext> tls,
        Optional<InetSocketAddress> proxy,
        Duration connectTimeout,
        Duration readTimeout,
        int retries,
        Duration pause,
        Duration longestPause) {

    public Access {
        urls = List.copyOf(urls);
        headers = Map.copyOf(headers);
    }
}
