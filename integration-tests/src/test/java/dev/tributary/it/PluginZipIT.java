// SPDX-License-Identifier: Apache-2.0
package dev.tributary.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.sandbox.ConnectRest;
import dev.tributary.sandbox.PluginDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The zip that users install. */
class PluginZipIT {

    /** Classes that every worker has: a second copy behind the plugin's class loader would only conflict with them. */
    private static final List<String> OF_THE_WORKER = List.of(
            "org/apache/kafka/",
            "org/slf4j/",
            "com/fasterxml/jackson/core/",
            "com/fasterxml/jackson/databind/",
            "com/fasterxml/jackson/annotation/");

    private final Servers servers = Servers.shared();
    private final Path root = onlyDirectoryIn(servers.plugin().path());

    @Test
    void kafkasOwnToolFindsTheConnectorLoadableAndWithItsManifest(@TempDir Path directory) throws Exception {
        // Given
        PluginDirectory unpacked =
                PluginDirectory.unpack(servers.sandbox().distribution().pluginZip(), directory.resolve("plugins"));

        // When
        List<String> lines = pluginPathTool(
                directory, "list", "--plugin-path", unpacked.path().toString());

        // Then
        List<String> columns = List.of(lines.get(0).split("\t", -1));
        List<String> row = lines.stream()
                .map(line -> List.of(line.split("\t", -1)))
                .filter(cells -> cells.get(0).equals(TestConnector.OURS))
                .findFirst()
                .orElseThrow();
        assertThat(row.get(columns.indexOf("pluginVersion")))
                .isEqualTo(manifest().path("version").asText());
        assertThat(row.get(columns.indexOf("pluginType"))).isEqualTo("source");
        assertThat(row.get(columns.indexOf("isLoadable"))).isEqualTo("true");
        assertThat(row.get(columns.indexOf("hasManifest"))).isEqualTo("true");
    }

    @Test
    void aWorkerThatDiscoversByServiceLoadingListsTheConnectorWithItsVersion() throws Exception {
        // Given
        ConnectRest rest = servers.rest();

        // When
        JsonNode plugins = rest.plugins();

        // Then
        assertThat(plugins)
                .filteredOn(plugin -> plugin.path("class").asText().equals(TestConnector.OURS))
                .singleElement()
                .satisfies(plugin -> assertThat(plugin.path("type").asText()).isEqualTo("source"))
                .satisfies(plugin -> assertThat(plugin.path("version").asText())
                        .isEqualTo(manifest().path("version").asText()));
    }

    @Test
    void theWorkerListsTheConverterAsOneOfValuesAndOneOfHeaders() {
        assertThat(servers.rest().plugins(false))
                .filteredOn(plugin -> plugin.path("class").asText().equals(TestConnector.JSON))
                .extracting(plugin -> plugin.path("type").asText())
                .containsExactlyInAnyOrder("converter", "header_converter");
    }

    @Test
    void theWorkerListsTheTransformsAndPredicates() {
        assertThat(servers.rest().plugins(false))
                .filteredOn(plugin -> plugin.path("class").asText().startsWith("dev.tributary.transforms."))
                .extracting(plugin -> plugin.path("type").asText() + " "
                        + plugin.path("class").asText().replace("dev.tributary.transforms.", "") + " "
                        + plugin.path("version").asText())
                .containsExactlyInAnyOrder(
                        "transformation CloudEventHeaders 0.1.0",
                        "transformation DropUnchanged 0.1.0",
                        "transformation FilterRows 0.1.0",
                        "transformation FlattenChange 0.1.0",
                        "transformation MaskFields 0.1.0",
                        "transformation OutboxRouter 0.1.0",
                        "transformation RouteTopic 0.1.0",
                        "predicate IsOperation 0.1.0",
                        "predicate IsTable 0.1.0");
    }

    @Test
    void itHasTheLayoutOfConfluentHub() throws Exception {
        assertThat(root.resolve("lib")).isDirectoryContaining("glob:**/tributary-connector-*.jar");
        assertThat(root.resolve("etc")).isDirectoryContaining("glob:**.json");
        assertThat(root.resolve("doc")).isDirectoryContaining("glob:**/LICENSE");
        assertThat(manifest().path("name").asText()).isEqualTo("kafka-connect-postgres");
        assertThat(manifest().path("owner").path("username").asText()).isEqualTo("tributary");
        assertThat(manifest().path("component_types"))
                .extracting(JsonNode::asText)
                .containsExactly("source", "transform", "converter");
    }

    @Test
    void itsBillOfMaterialsListsEveryJarThatIsNotOurs() throws Exception {
        // Given
        JsonNode bill =
                new ObjectMapper().readTree(root.resolve("doc/sbom.cdx.json").toFile());

        // When
        List<String> named = new ArrayList<>();
        bill.path("components")
                .forEach(component -> named.add(component.path("name").asText() + "-"
                        + component.path("version").asText() + ".jar"));

        // Then
        assertThat(jars()).extracting(jar -> jar.toFile().getName()).isSubsetOf(named);
    }

    @Test
    void noJarHasClassesThatTheWorkerHas() throws Exception {
        assertThat(jars())
                .isNotEmpty()
                .allSatisfy(jar -> assertThat(classes(jar))
                        .as("classes of %s", jar.getFileName())
                        .noneMatch(name -> OF_THE_WORKER.stream().anyMatch(name::startsWith)));
    }

    private JsonNode manifest() throws IOException {
        return new ObjectMapper().readTree(root.resolve("manifest.json").toFile());
    }

    private List<Path> jars() throws IOException {
        try (Stream<Path> files = Files.list(root.resolve("lib"))) {
            return files.toList();
        }
    }

    private static List<String> classes(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.endsWith(".class"))
                    .toList();
        }
    }

    private List<String> pluginPathTool(Path directory, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                servers.sandbox().distribution().kafkaClasspath(),
                "org.apache.kafka.tools.ConnectPluginPath"));
        command.addAll(List.of(arguments));
        Path errors = directory.resolve("errors");
        Process tool =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        String output = new String(tool.getInputStream().readAllBytes(), UTF_8);
        assertThat(tool.waitFor())
                .as(() -> "exit code; " + errors + " says why")
                .isZero();
        return output.lines().toList();
    }

    private static Path onlyDirectoryIn(Path path) {
        try (Stream<Path> inside = Files.list(path)) {
            return inside.reduce((one, other) -> {
                        throw new AssertionError("Both " + one + " and " + other);
                    })
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
