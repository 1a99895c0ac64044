// SPDX-License-Identifier: Apache-2.0
package dev.tributary.avro.registry;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a request says of who sends it. */
@FunctionalInterface
public interface Credentials {

    /** Says nothing. */
    Credentials NONE = registry -> Map.of();

    /**
     * The headers of a request.
     *
     * @param registry the URL of the registry as it was configured
     * @throws RegistryException if they cannot be had now
     */
    Map<String, String> headers(URI registry);

    /** User name and password. */
    static Credentials basic(String user, String password) {
        String both = user + ':' + password;
        String encoded = Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
        return registry -> Map.of("Authorization", "Basic " + encoded);
    }

    /** User name and password from the URL, if it has them. */
    static Credentials ofUrl() {
        return registry -> {
            String user = registry.getUserInfo();
            int colon = user == null ? -1 : user.indexOf(':');
            return user == null || colon < 0
                    ? Map.of()
                    : basic(user.substring(0, colon), user.substring(colon + 1)).headers(registry);
        };
    }

    /** A token. */
    static Credentials bearer(String token) {
        return registry -> Map.of("Authorization", "Bearer " + token);
    }

    /** The same, for a cluster and an identity pool of Confluent Cloud. */
    default Credentials with(@Nullable String cluster, @Nullable String identityPool) {
        return registry -> {
            Map<String, String> headers = new TreeMap<>(headers(registry));
            if (cluster != null) {
                headers.put("target-sr-cluster", cluster);
            }
            if (identityPool != null) {
                headers.put("Confluent-Identity-Pool-Id", identityPool);
            }
            return headers;
        };
    }
}
