// SPDX-License-Identifier: Apache-2.0
package dev.tributary.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of the documentation, whose recipes are run.
 *
 * @param text its Markdown
 */
record Page(String text) {

    /** @param path the path in the repository, such as {@code README.md} */
    static Page of(Servers servers, String path) throws IOException {
        return new Page(Files.readString(servers.sandbox().distribution().root().resolve(path), UTF_8));
    }

    /** The first block of a language under a heading. */
    String block(String heading, String language) {
        Matcher block = Pattern.compile("## " + heading + "\n.*?```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(text);
        assertThat(block.find()).as("a block of %s under %s", language, heading).isTrue();
        return block.group(1);
    }

    /** The options of the connector under a heading. */
    Map<String, String> options(String heading) throws JsonProcessingException {
        return new ObjectMapper().readValue("{" + block(heading, "json") + "}", new TypeReference<>() {});
    }
}
