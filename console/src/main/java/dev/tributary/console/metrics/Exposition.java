// SPDX-License-Identifier: Apache-2.0
package dev.tributary.console.metrics;

import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.IOException;
import java.io.OutputStream;
import javax.management.MBeanServer;
import org.jspecify.annotations.Nullable;

/** Writes what the MBeans of this JVM say, as Prometheus's text or as OpenMetrics. Any thread may use it. */
public final class Exposition {

    private final MBeanServer server;
    private final TaskStates states;
    private final ExpositionFormatWriter prometheus = PrometheusTextFormatWriter.create();
    private final ExpositionFormatWriter openMetrics = OpenMetricsTextFormatWriter.create();

    /**
     * @param server where the MBeans are
     * @param states what Connect says about tasks
     */
    public Exposition(MBeanServer server, TaskStates states) {
        this.server = server;
        this.states = states;
    }

    /** The media type of what {@link #write} writes. */
    public String contentType(@Nullable String accept) {
        return writer(accept).getContentType();
    }

    /**
     * Writes all series of this moment.
     *
     * @param accept the formats that the client accepts, as the header {@code Accept} has them; null for the usual one
     * @param byTable whether each table has series of its own; otherwise its events count in a sum
     */
    public void write(OutputStream out, @Nullable String accept, boolean byTable) throws IOException {
        Series series = new Series();
        TributaryBeans ours = new TributaryBeans(server, states, byTable);
        ours.addTo(series);
        new DebeziumBeans(server, ours.servers()).addTo(series);
        writer(accept).write(out, series.snapshots());
    }

    private ExpositionFormatWriter writer(@Nullable String accept) {
        return openMetrics.accepts(accept) ? openMetrics : prometheus;
    }
}
