// SPDX-License-Identifier: Apache-2.0
package dev.tributary.console.rest;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Locale;
import java.util.Set;

/**
 * Refuses requests to the console that a page from elsewhere makes in a browser, other than reading. Requests to the
 * rest of the worker pass.
 *
 * <p>A browser says in {@code Sec-Fetch-Site} where the page comes from, if it got the page over HTTPS or from
 * localhost. Otherwise {@code Origin} is compared with {@code Host}, which proxies must leave as it is.
 */
public final class ConsoleFilter implements ContainerRequestFilter {

    private static final Set<String> READING = Set.of("GET", "HEAD");

    /** The page itself; or a person, without a page. */
    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

    @Override
    public void filter(ContainerRequestContext request) {
        String problem = problem(request);
        if (!problem.isEmpty()) {
            request.abortWith(Answers.error(Response.Status.FORBIDDEN.getStatusCode(), problem));
        }
    }

    /** Why a request is refused; empty if it is not. */
    private static String problem(ContainerRequestContext request) {
        if (!request.getUriInfo().getPath().startsWith("tributary") || READING.contains(request.getMethod())) {
            return "";
        }
        String site = request.getHeaderString("Sec-Fetch-Site");
        if (site != null && !OWN_SITES.contains(site)) {
            return "The request comes from a page of another site";
        }
        String origin = request.getHeaderString("Origin");
        if (site == null && origin != null && !isOf(origin, request.getHeaderString("Host"))) {
            return "The request comes from a page of " + origin + ". If a proxy is in between, it must keep Host";
        }
        String type = request.getHeaderString("Content-Type");
        // A form of any site could send other types without asking.
        return type != null && type.toLowerCase(Locale.ROOT).startsWith("application/json")
                ? ""
                : "The request must be of the type application/json";
    }

    private static boolean isOf(String origin, String host) {
        try {
            String authority = URI.create(origin).getAuthority();
            return authority != null && authority.equalsIgnoreCase(host);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
