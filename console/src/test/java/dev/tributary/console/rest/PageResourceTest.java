// SPDX-License-Identifier: Apache-2.0
package dev.tributary.console.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PageResourceTest {

    private static final Pattern REFERENCE = Pattern.compile("(?:static/|from \"\\./)([a-z]+\\.(?:js|css))\"");

    private static String load(String resource) throws IOException {
        try (InputStream in = PageResourceTest.class.getResourceAsStream(resource)) {
            return new String(Objects.requireNonNull(in, resource).readAllBytes(), UTF_8);
        }
    }

    @Test
    void whatThePageLoadsIsServed() throws IOException {
        // Given
        List<String> wanted = new ArrayList<>();
        for (String file : List.of("index.html", "console.js", "connector.js", "overview.js", "actions.js")) {
            Matcher reference = REFERENCE.matcher(load("/dev/tributary/console/page/" + file));
            while (reference.find()) {
                wanted.add(reference.group(1));
            }
        }

        // Then
        assertThat(wanted).contains("uplot.js", "console.js", "dom.js");
        assertThat(PageResource.FILES.keySet()).containsAll(wanted);
        for (String resource : PageResource.FILES.values()) {
            assertThat(load(resource)).isNotEmpty();
        }
    }

    @Test
    void nothingIsLoadedFromElsewhereAndNothingIsInline() throws IOException {
        for (String resource : PageResource.FILES.values()) {
            if (resource.startsWith("/dev/")) {
                assertThat(load(resource))
                        .as(resource)
                        .doesNotContain("http://")
                        .doesNotContain("https://")
                        .doesNotContain("innerHTML")
                        .doesNotContain("eval(");
            }
        }
        assertThat(load("/dev/tributary/console/page/index.html"))
                .doesNotContain("<style")
                .doesNotContainPattern("\\son[a-z]+=")
                .doesNotContainPattern("<script(?! (type=\"module\" )?src=)");
    }
}
