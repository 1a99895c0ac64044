// SPDX-License-Identifier: Apache-2.0
package dev.tributary.console.rest;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsoleFilterTest {

    private static final String JSON = "application/json; charset=utf-8";

    /** The status with which a request is refused; 0 if it passes. */
    private static int status(String method, String path, Map<String, String> headers) {
        AtomicReference<@Nullable Response> refusal = new AtomicReference<>();
        UriInfo uri = (UriInfo) Proxy.newProxyInstance(
                ConsoleFilterTest.class.getClassLoader(),
                new Class<?>[] {UriInfo.class},
                (self, call, arguments) -> path);
        ContainerRequestContext request = (ContainerRequestContext) Proxy.newProxyInstance(
                ConsoleFilterTest.class.getClassLoader(),
                new Class<?>[] {ContainerRequestContext.class},
                (self, call, arguments) -> switch (call.getName()) {
                    case "getMethod" -> method;
                    case "getUriInfo" -> uri;
                    case "getHeaderString" -> headers.get(String.valueOf(arguments[0]));
                    case "abortWith" -> {
                        refusal.set((Response) arguments[0]);
                        yield null;
                    }
                    default -> throw new UnsupportedOperationException(call.getName());
                });
        new ConsoleFilter().filter(request);
        Response response = refusal.get();
        return response == null ? 0 : response.getStatus();
    }

    private static Map<String, String> headers(@Nullable String site, @Nullable String origin, @Nullable String type) {
        Map<String, String> headers = new HashMap<>(Map.of("Host", "worker:8083"));
        if (site != null) {
            headers.put("Sec-Fetch-Site", site);
        }
        if (origin != null) {
            headers.put("Origin", origin);
        }
        if (type != null) {
            headers.put("Content-Type", type);
        }
        return headers;
    }

    @ParameterizedTest
    @CsvSource({
        // A browser that says where the page comes from, also if a proxy has replaced Host.
        "same-origin, http://worker:8083, 0",
        "same-origin, https://console.example, 0",
        "none, https://console.example, 0",
        "cross-site, http://worker:8083, 403",
        "same-site, http://worker:8083, 403",
        // One that does not.
        ", http://worker:8083, 0",
        ", http://WORKER:8083, 0",
        ", https://console.example, 403",
        ", null, 403",
        ", http://a b, 403",
        // No browser.
        ", , 0",
    })
    void onlyItsOwnPageMayAct(@Nullable String site, @Nullable String origin, int status) {
        assertThat(status("POST", "tributary/api/plan", headers(site, origin, JSON)))
                .isEqualTo(status);
    }

    @Test
    void readingIsAllowed() {
        for (String method : new String[] {"GET", "HEAD"}) {
            assertThat(status(method, "tributary/api", headers("cross-site", "http://evil.example", null)))
                    .as(method)
                    .isZero();
        }
    }

    @Test
    void aFormIsRefused() {
        assertThat(status("POST", "tributary/api/plan", headers("same-origin", null, "text/plain")))
                .isEqualTo(403);
        assertThat(status("POST", "tributary/api/plan", headers("same-origin", null, null)))
                .isEqualTo(403);
    }

    @Test
    void theRestOfTheWorkerIsNotItsBusiness() {
        assertThat(status("POST", "connectors", headers("cross-site", "http://evil.example", "text/plain")))
                .isZero();
    }
}
