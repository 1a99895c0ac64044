// SPDX-License-Identifier: Apache-2.0
package dev.tributary.console.metrics;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What Prometheus scrapes. */
@Path("/tributary/metrics")
public final class MetricsResource {

    private static final int USUAL_BYTES = 1 << 14;

    private final Exposition exposition;

    public MetricsResource(Exposition exposition) {
        this.exposition = exposition;
    }

    /**
     * Returns all series of this moment.
     *
     * @param accept the formats that the client accepts
     * @param byTable whether each table has series of its own; {@code ?tables=false} for sums instead
     */
    @GET
    public Response metrics(
            @HeaderParam(HttpHeaders.ACCEPT) @Nullable String accept,
            @QueryParam("tables") @DefaultValue("true") boolean byTable)
            throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(USUAL_BYTES);
        exposition.write(out, accept, byTable);
        return Response.ok(out.toByteArray())
                .header(HttpHeaders.CONTENT_TYPE, exposition.contentType(accept))
                .build();
    }
}
