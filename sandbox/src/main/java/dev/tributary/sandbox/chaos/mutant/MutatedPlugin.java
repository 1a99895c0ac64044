// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.mutant;

import dev.tributary.sandbox.Distribution;
import dev.tributary.sandbox.SandboxException;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Puts a mutant into an unpacked plugin: compiles the one changed file against the plugin, and replaces its classes.
 */
public final class MutatedPlugin {

    private static final String SOURCES = "connector/src/main/java/dev/tributary";

    private MutatedPlugin() {}

    /**
     * @param plugin the directory of the unpacked plugin, which is changed
     * @param scratch a directory for the changed code
     */
    public static void apply(Mutant mutant, Distribution distribution, Path plugin, Path scratch) {
        try {
            Path original = distribution.root().resolve(SOURCES).resolve(mutant.file());
            Path changed = scratch.resolve("dev/tributary").resolve(mutant.file());
            Files.createDirectories(changed.resolveSibling("."));
            Files.writeString(changed, mutant.applyTo(Files.readString(original)));
            Path classes = Files.createDirectories(scratch.resolve("classes"));
            List<Path> jars = jars(plugin);
            compile(changed, classes, classpath(jars, distribution));
            Path own = jars.stream()
                    .filter(jar -> jar.toFile().getName().startsWith("tributary-connector-"))
                    .findFirst()
                    .orElseThrow(() -> new SandboxException("no connector in " + plugin));
            replace(classes, own);
        } catch (IOException e) {
            throw new SandboxException("cannot put " + mutant.title() + " into " + plugin, e);
        }
    }

    private static List<Path> jars(Path plugin) throws IOException {
        try (Stream<Path> files = Files.walk(plugin)) {
            return files.filter(file -> file.toString().endsWith(".jar")).toList();
        }
    }

    private static String classpath(List<Path> jars, Distribution distribution) throws IOException {
        Path kafka = Path.of(distribution.kafkaClasspath()).resolveSibling(".").normalize();
        try (Stream<Path> libraries = Files.list(kafka)) {
            return Stream.concat(jars.stream(), libraries)
                    .map(Path::toString)
                    .collect(Collectors.joining(File.pathSeparator));
        }
    }

    private static void compile(Path source, Path classes, String classpath) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new SandboxException("a mutant needs a JDK, not only a Java runtime");
        }
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of(
                    "--release",
                    "17",
                    "-proc:none",
                    "-nowarn",
                    "-parameters",
                    "-d",
                    classes.toString(),
                    "-cp",
                    classpath);
            boolean compiled = compiler.getTask(messages, files, null, options, null, files.getJavaFileObjects(source))
                    .call();
            if (!compiled) {
                throw new SandboxException("the mutant does not compile: " + messages);
            }
        }
    }

    private static void replace(Path classes, Path jar) throws IOException {
        try (FileSystem zip = FileSystems.newFileSystem(jar, Map.of());
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path inside =
                        zip.getPath("/" + classes.relativize(file).toString().replace(File.separatorChar, '/'));
                Files.copy(file, inside, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
