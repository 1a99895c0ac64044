// SPDX-License-Identifier: Apache-2.0
package dev.tributary.console.rest;

import jakarta.ws.rs.core.HttpHeaders;
import java.lang.reflect.Proxy;
import java.util.Map;

/** The headers of a request. */
final class FakeHeaders {

    private FakeHeaders() {}

    static HttpHeaders of(Map<String, String> headers) {
        return (HttpHeaders) Proxy.newProxyInstance(
                FakeHeaders.class.getClassLoader(), new Class<?>[] {HttpHeaders.class}, (self, call, arguments) -> {
                    if (!call.getName().equals("getHeaderString")) {
                        throw new UnsupportedOperationException(call.getName());
                    }
                    return headers.get(String.valueOf(arguments[0]));
                });
    }
}
