// SPDX-License-Identifier: Apache-2.0
package dev.tributary.console.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The page and what it loads: all from this worker, nothing from elsewhere, no inline script or style. */
@Path("/tributary")
public final class PageResource {

    private static final String CSP = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
            + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/";

    /** Where each file is, by its name in the URL; others do not exist. */
    static final Map<String, String> FILES = files();

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8");

    private final boolean actions;
    private final Map<String, byte[]> loaded = new ConcurrentHashMap<>();

    private static Map<String, String> files() {
        Map<String, String> files =
                new HashMap<>(Map.of("uplot.js", UPLOT + "uPlot.iife.min.js", "uplot.css", UPLOT + "uPlot.min.css"));
        List.of(
                        "console.css",
                        "console.js",
                        "format.js",
                        "dom.js",
                        "charts.js",
                        "connector.js",
                        "overview.js",
                        "actions.js",
                        "planner.js")
                .forEach(file -> files.put(file, "/dev/tributary/console/page/" + file));
        return Map.copyOf(files);
    }

    /** @param actions whether the page offers what Connect's own REST API has no call for */
    public PageResource(boolean actions) {
        this.actions = actions;
    }

    @GET
    public Response page(@Context UriInfo uri) {
        // The page's links are relative to the directory.
        if (!uri.getRequestUri().getPath().endsWith("/")) {
            return Response.seeOther(uri.getRequestUriBuilder().path("/").build())
                    .build();
        }
        String page = new String(load("/dev/tributary/console/page/index.html"), UTF_8)
                .replace("{{actions}}", Boolean.toString(actions));
        return answer(page.getBytes(UTF_8), "html");
    }

    @GET
    @Path("static/{file}")
    public Response file(@PathParam("file") String file) {
        String resource = FILES.get(file);
        if (resource == null) {
            throw new NotFoundException();
        }
        return answer(load(resource), file.substring(file.lastIndexOf('.') + 1));
    }

    private byte[] load(String resource) {
        return loaded.computeIfAbsent(resource, name -> {
            try (InputStream in = PageResource.class.getResourceAsStream(name)) {
                if (in == null) {
                    throw new IllegalStateException(name + " is missing in the plugin");
                }
                return in.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static Response answer(byte[] content, String kind) {
        return Response.ok(content, TYPES.get(kind))
                .header("Content-Security-Policy", CSP)
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .header("Cache-Control", "no-cache")
                .build();
    }
}
