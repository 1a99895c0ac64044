// SPDX-License-Identifier: Apache-2.0
package dev.tributary.console.metrics;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects the values of one scrape. Of two values with the same labels, the later one counts. */
final class Series {

    private static final long NO_TIME = 0;

    private final Map<Family, Map<List<String>, DataPointSnapshot>> points = new EnumMap<>(Family.class);

    /** @param labels the values of the family's labels */
    void add(Family family, double value, String... labels) {
        Labels all = labels(family, labels);
        put(
                family,
                labels,
                switch (family.type()) {
                    case COUNTER -> new CounterDataPointSnapshot(value, all, null, NO_TIME);
                    case GAUGE -> new GaugeDataPointSnapshot(value, all, null);
                    case INFO -> new InfoDataPointSnapshot(all);
                    case HISTOGRAM -> throw new IllegalArgumentException(family + " has buckets");
                });
    }

    /** Adds a number unless it is negative: then it is not known. */
    void addKnown(Family family, double value, String... labels) {
        if (value >= 0) {
            add(family, value, labels);
        }
    }

    /**
     * Adds a histogram.
     *
     * @param bounds the upper bounds of all buckets but the last
     * @param cumulative for each bound how many values did not exceed it, and then how many there were
     */
    void addHistogram(Family family, double[] bounds, long[] cumulative, double sum, String... labels) {
        double[] upper = new double[cumulative.length];
        long[] counts = new long[cumulative.length];
        for (int i = 0; i < cumulative.length; i++) {
            upper[i] = i < bounds.length ? bounds[i] : Double.POSITIVE_INFINITY;
            counts[i] = cumulative[i] - (i == 0 ? 0 : cumulative[i - 1]);
        }
        put(
                family,
                labels,
                new HistogramDataPointSnapshot(
                        ClassicHistogramBuckets.of(upper, counts),
                        sum,
                        labels(family, labels),
                        Exemplars.EMPTY,
                        NO_TIME));
    }

    private void put(Family family, String[] labels, DataPointSnapshot point) {
        points.computeIfAbsent(family, any -> new LinkedHashMap<>()).put(List.of(labels), point);
    }

    private static Labels labels(Family family, String... values) {
        return Labels.of(family.labels().toArray(String[]::new), values);
    }

    MetricSnapshots snapshots() {
        List<MetricSnapshot> all = new ArrayList<>();
        points.forEach((family, values) -> all.add(snapshot(family, values.values())));
        return new MetricSnapshots(all);
    }

    private static MetricSnapshot snapshot(Family family, Collection<DataPointSnapshot> points) {
        MetricMetadata metadata = new MetricMetadata(family.baseName(), family.help());
        return switch (family.type()) {
            case COUNTER -> new CounterSnapshot(metadata, only(CounterDataPointSnapshot.class, points));
            case GAUGE -> new GaugeSnapshot(metadata, only(GaugeDataPointSnapshot.class, points));
            case HISTOGRAM -> new HistogramSnapshot(metadata, only(HistogramDataPointSnapshot.class, points));
            case INFO -> new InfoSnapshot(metadata, only(InfoDataPointSnapshot.class, points));
        };
    }

    private static <T> List<T> only(Class<T> type, Collection<DataPointSnapshot> points) {
        return points.stream().map(type::cast).toList();
    }
}
