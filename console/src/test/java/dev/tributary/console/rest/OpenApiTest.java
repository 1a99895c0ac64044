// SPDX-License-Identifier: Apache-2.0
package dev.tributary.console.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.console.metrics.MetricsResource;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OpenApiTest {

    private static JsonNode document() throws IOException {
        try (InputStream in = OpenApiTest.class.getResourceAsStream("/dev/tributary/console/openapi.json")) {
            return new ObjectMapper().readTree(Objects.requireNonNull(in));
        }
    }

    @Test
    void itDescribesEachRequestAndNoOther() throws IOException {
        // Given
        Set<String> described = new TreeSet<>();
        document()
                .path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(method ->
                                described.add(method.toUpperCase(Locale.ROOT) + " /tributary" + path.getKey())));

        // When
        Set<String> served = new TreeSet<>();
        Stream.of(FactsResource.class, ActionResource.class, PlanResource.class, MetricsResource.class)
                .forEach(resource ->
                        Stream.of(resource.getDeclaredMethods()).forEach(method -> add(served, resource, method)));

        // Then
        assertThat(served).isNotEmpty().isEqualTo(described);
    }

    private static void add(Set<String> served, Class<?> resource, Method method) {
        String verb =
                method.isAnnotationPresent(GET.class) ? "GET" : method.isAnnotationPresent(POST.class) ? "POST" : "";
        if (!verb.isEmpty()) {
            Path path = method.getAnnotation(Path.class);
            served.add(
                    verb + " " + resource.getAnnotation(Path.class).value() + (path == null ? "" : "/" + path.value()));
        }
    }

    @Test
    void eachReferenceIsDefined() throws IOException {
        // Given
        JsonNode document = document();

        // When
        Set<String> references = new TreeSet<>(document.findValuesAsText("$ref"));

        // Then
        assertThat(references)
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(
                                document.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
    }
}
