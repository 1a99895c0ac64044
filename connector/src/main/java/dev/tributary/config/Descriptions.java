// SPDX-License-Identifier: Apache-2.0
package dev.tributary.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;

/** The descriptions of the options, read once from {@code descriptions.properties} in this package. */
final class Descriptions {

    private static final Properties TEXTS = load();

    private Descriptions() {}

    /**
     * The description of an option.
     *
     * @throws IllegalStateException if it has none
     */
    static String of(String option) {
        String text = TEXTS.getProperty(option);
        if (text == null) {
            throw new IllegalStateException("Option " + option + " has no description");
        }
        return text;
    }

    /** The options that have a description. */
    static Set<String> options() {
        return TEXTS.stringPropertyNames();
    }

    private static Properties load() {
        Properties texts = new Properties();
        try (InputStream in =
                Objects.requireNonNull(Descriptions.class.getResourceAsStream("descriptions.properties"))) {
            texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return texts;
    }
}
