// SPDX-License-Identifier: Apache-2.0
package dev.tributary.console.rest;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Locale;

/**
 * Refuses requests to the console that a page from elsewhere makes in a browser, other than reading. Requests to the
 * rest of the worker pass.
 */
public final class ConsoleFilter implements ContainerRequestFilter {

    @Override
    public void filter(ContainerRequestContext request) {
        if (!request.getUriInfo().getPath().startsWith("tributary")
                || request.getMethod().equals("GET")) {
            return;
        }
        String problem = problem(request);
        if (!problem.isEmpty()) {
            request.abortWith(Answers.error(Response.Status.FORBIDDEN.getStatusCode(), problem));
        }
    }

    private static String problem(ContainerRequestContext request) {
        String site = request.getHeaderString("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin")) {
            return "The request comes from a page of another site";
        }
        String origin = request.getHeaderString("Origin");
        if (origin != null && !isOf(origin, request.getHeaderString("Host"))) {
            return "The request comes from a page of " + origin;
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
