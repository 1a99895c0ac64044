// SPDX-License-Identifier: Apache-2.0
package dev.tributary;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Keeps the prose of the whole repository plain, and the comments of its sources in shape. */
class ProseTest {

    private static final int WIDTH = 120;

    private static final Set<String> GENERATED = Set.of("configuration.md", "benchmarks.md");

    /** As many words in a row occur only once in a document. */
    private static final int RUN = 12;

    /** Phrases that read as if translated. */
    private static final Pattern IDIOM = Pattern.compile(
            "\\b(mend(s|ed|ing)?|gone on with|go(es)? on with|(is|are|was|were|be) told|tells? of|told of|not there any ?more"
                    + "|whoever|shall|beside (debezium|stock)|stock (debezium|connector)|nothing by hand)\\b",
            Pattern.CASE_INSENSITIVE);

    /** A comment line of one word that another line of text follows: a formatter broke the line before it. */
    private static final Pattern ORPHAN = Pattern.compile("(\\s*//|\\s*\\*) [^\\s@<]+");

    private static final Pattern COMMENT = Pattern.compile("\\s*(//|\\*|/\\*).*");

    private static final Pattern TEXT = Pattern.compile("(\\s*//|\\s*\\*) [^@<}].*");

    private static final Pattern CONFLICT = Pattern.compile("^(<<<<<<<|>>>>>>>|\\|{7}) ");

    private static final Pattern PROPERTY = Pattern.compile("^[a-zA-Z][^=\\s]*(?==)");

    private static final Set<String> PROSE = Set.of("java", "md", "properties", "html", "sh");

    private static final Path ROOT = root();

    @Test
    void saysItInTheUsualWords() {
        // When
        List<String> found = new ArrayList<>();
        files().filter(file -> PROSE.contains(extension(file)))
                .filter(file -> !file.endsWith("CHANGELOG.md") && !file.endsWith("ProseTest.java"))
                .forEach(file -> eachLine(file, (number, line) -> {
                    if (IDIOM.matcher(line).find()) {
                        found.add(ROOT.relativize(file) + ":" + number + ": " + line.strip());
                    }
                }));

        // Then
        assertThat(found).isEmpty();
    }

    @Test
    void hasNoCommentBeyondTheWidthAndNoneThatAFormatterBroke() {
        // When
        List<String> found = new ArrayList<>();
        files().filter(file -> extension(file).equals("java")).forEach(file -> {
            List<String> lines = lines(file);
            eachLine(file, (number, line) -> {
                boolean followed =
                        number < lines.size() && TEXT.matcher(lines.get(number)).matches();
                boolean tooLong = line.length() > WIDTH && COMMENT.matcher(line).matches() && !line.contains("://");
                if (tooLong || (followed && ORPHAN.matcher(line).matches())) {
                    found.add(ROOT.relativize(file) + ":" + number + ": " + line.strip());
                }
            });
        });

        // Then
        assertThat(found).isEmpty();
    }

    /** A merge that went wrong leaves these, and nothing else notices them outside of Java. */
    @Test
    void hasNoConflictMarkersAndNoPropertyTwice() {
        // When
        List<String> found = new ArrayList<>();
        files().filter(file -> PROSE.contains(extension(file))).forEach(file -> {
            Set<String> keys = new HashSet<>();
            eachLine(file, (number, line) -> {
                Matcher key = PROPERTY.matcher(line);
                boolean isTwice = extension(file).equals("properties") && key.find() && !keys.add(key.group());
                if (isTwice || CONFLICT.matcher(line).find()) {
                    found.add(ROOT.relativize(file) + ":" + number + ": " + line.strip());
                }
            });
        });

        // Then
        assertThat(found).isEmpty();
    }

    /** A merge can also leave the old text next to the new one. */
    @Test
    void saysNothingTwice() {
        // When
        List<String> found = new ArrayList<>();
        files().filter(file -> extension(file).equals("md")
                        && !GENERATED.contains(file.getFileName().toString()))
                .forEach(file -> new Repetitions(RUN)
                        .in(lines(file))
                        .forEach(line -> found.add(ROOT.relativize(file) + ":" + line)));

        // Then
        assertThat(found).isEmpty();
    }

    private interface LineConsumer {
        void accept(int number, String line);
    }

    private static void eachLine(Path file, LineConsumer consumer) {
        List<String> lines = lines(file);
        for (int i = 0; i < lines.size(); i++) {
            consumer.accept(i + 1, lines.get(i));
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The files of the repository, without those that a build made. */
    private static Stream<Path> files() {
        try (Stream<Path> all = Files.walk(ROOT)) {
            return all
                    .filter(Files::isRegularFile)
                    .filter(file -> isSource(ROOT.relativize(file)))
                    .sorted()
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isSource(Path file) {
        return StreamSupport.stream(file.spliterator(), false)
                .map(Path::toString)
                .noneMatch(folder -> folder.equals("target") || folder.startsWith("."));
    }

    private static String extension(Path file) {
        String name = file.getFileName().toString();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /** The folder above the module, which has the pinned Maven. */
    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("mvnw"))) {
            folder = Objects.requireNonNull(folder.getParent(), "the root of the repository");
        }
        return folder;
    }
}
