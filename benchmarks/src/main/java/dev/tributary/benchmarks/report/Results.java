// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.tributary.benchmarks.field.FieldResult;
import dev.tributary.benchmarks.latency.LatencyResult;
import dev.tributary.benchmarks.limits.LimitsResult;
import dev.tributary.benchmarks.snapshot.SnapshotResult;
import dev.tributary.benchmarks.stream.StreamResult;
import dev.tributary.benchmarks.stream.TransactionsResult;
import dev.tributary.benchmarks.transforms.TransformsResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The last run of each benchmark, stored in the documentation, and the pages that are generated from them.
 *
 * @param root the repository
 */
public record Results(Path root) {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final String BEGIN = "<!-- benchmarks: written by ./tributary bench docs -->\n";
    private static final String END = "<!-- benchmarks: end -->\n";

    /** Writes a run with every measurement. */
    public static void write(Object result, Path file) throws IOException {
        Files.writeString(file, JSON.writeValueAsString(result) + "\n");
    }

    /** Draws the plot of a run. */
    public static void draw(StreamResult result, Path file) throws IOException {
        Files.writeString(file, new RatePlot(result).svg());
    }

    /** Stores a run as the last one of its benchmark. */
    public void keep(String kind, Object result) throws IOException {
        Path file = file(kind);
        Files.createDirectories(file.resolveSibling("."));
        write(result, file);
    }

    /** Writes the page, the plot and the section in README from the stored runs. */
    public void publish() throws IOException {
        Page page = page();
        Files.writeString(pageFile(), page.markdown());
        if (page.stream().isPresent()) {
            draw(page.stream().get(), plotFile());
        }
        Files.writeString(readme(), readmeWith(page));
    }

    /** Whether the page, the plot and the section in README match the stored runs. */
    public boolean isPublished() throws IOException {
        Page page = page();
        return Files.readString(pageFile()).equals(page.markdown())
                && Files.readString(readme()).equals(readmeWith(page))
                && (page.stream().isEmpty()
                        || Files.readString(plotFile())
                                .equals(new RatePlot(page.stream().get()).svg()));
    }

    private Page page() throws IOException {
        return new Page(
                read("stream", StreamResult.class),
                read("field", FieldResult.class),
                read("transactions", TransactionsResult.class),
                read("snapshot", SnapshotResult.class),
                read("latency", LatencyResult.class),
                read("limits", LimitsResult.class),
                read("transforms", TransformsResult.class));
    }

    private String readmeWith(Page page) throws IOException {
        String text = Files.readString(readme());
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IOException(readme() + " has no section for benchmarks between " + BEGIN + " and " + END);
        }
        return text.substring(0, begin + BEGIN.length()) + page.summary() + text.substring(end);
    }

    private <T> Optional<T> read(String kind, Class<T> type) throws IOException {
        Path file = file(kind);
        return Files.exists(file) ? Optional.of(JSON.readValue(file.toFile(), type)) : Optional.empty();
    }

    private Path file(String kind) {
        return root.resolve("docs/benchmarks").resolve(kind + ".json");
    }

    private Path pageFile() {
        return root.resolve("docs/benchmarks.md");
    }

    private Path plotFile() {
        return root.resolve("docs/benchmarks.svg");
    }

    private Path readme() {
        return root.resolve("README.md");
    }
}
