// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.options;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Recommender;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/** One option of a transform. */
public final class OptionDefinition {

    private final String name;
    private final ConfigDef.Type type;
    private final Width width;
    private @Nullable Object defaultValue;
    private String title;
    private String explanation = "";
    private Importance importance = Importance.MEDIUM;
    private @Nullable Validator validator;
    private List<String> words = List.of();
    private @Nullable Function<Map<String, Object>, Optional<String>> crossCheck;

    private OptionDefinition(String name, ConfigDef.Type type, Width width, @Nullable Object defaultValue) {
        this.name = name;
        this.type = type;
        this.width = width;
        this.defaultValue = defaultValue;
        this.title = name;
    }

    /** A text. */
    public static OptionDefinition text(String name, String defaultValue) {
        return new OptionDefinition(name, ConfigDef.Type.STRING, Width.LONG, defaultValue);
    }

    /** A list of texts with commas between them. */
    public static OptionDefinition list(String name, List<String> defaultValue) {
        return new OptionDefinition(name, ConfigDef.Type.LIST, Width.LONG, defaultValue);
    }

    /** Yes or no. */
    public static OptionDefinition flag(String name, boolean defaultValue) {
        return new OptionDefinition(name, ConfigDef.Type.BOOLEAN, Width.SHORT, defaultValue);
    }

    /** What no log and no answer of a worker shows; without a default. */
    public static OptionDefinition secret(String name) {
        return new OptionDefinition(name, ConfigDef.Type.PASSWORD, Width.MEDIUM, null);
    }

    /** One of the constants of an enum. */
    public static <E extends Enum<E>> OptionDefinition choice(String name, E defaultValue) {
        OptionDefinition option =
                new OptionDefinition(name, ConfigDef.Type.STRING, Width.SHORT, EnumValidator.text(defaultValue));
        EnumValidator<E> choice = new EnumValidator<>(defaultValue.getDeclaringClass());
        option.validator = choice;
        option.words = choice.texts();
        return option;
    }

    /** It has no default. */
    public OptionDefinition required() {
        defaultValue = ConfigDef.NO_DEFAULT_VALUE;
        return this;
    }

    /** What a form shows beside it. */
    public OptionDefinition displayName(String text) {
        title = text;
        return this;
    }

    /** What it does, for whoever has to set it. */
    public OptionDefinition documentation(String text) {
        explanation = text;
        return this;
    }

    /** It is what the transform is for. */
    public OptionDefinition highImportance() {
        importance = Importance.HIGH;
        return this;
    }

    /** Hardly anyone needs it. */
    public OptionDefinition lowImportance() {
        importance = Importance.LOW;
        return this;
    }

    /**
     * Only texts that the parser takes are valid.
     *
     * @param valid says what these are
     * @param parser throws {@link IllegalArgumentException} whose message says what is wrong
     */
    public OptionDefinition validatedBy(String valid, Consumer<String> parser) {
        validator = new ParserValidator<>(valid, parser);
        return this;
    }

    /** As {@link #validatedBy}, for a list. */
    public OptionDefinition listValidatedBy(String valid, Consumer<List<String>> parser) {
        validator = new ParserValidator<>(valid, parser);
        return this;
    }

    /** As {@link #validatedBy}, for a secret; the message must not hold it. */
    public OptionDefinition secretValidatedBy(String valid, Consumer<Password> parser) {
        validator = new ParserValidator<>(valid, parser);
        return this;
    }

    /**
     * It has to go together with other options.
     *
     * @param problem what is wrong with the options as they are, by their names; empty if nothing is. A value that could not
     *     be parsed is null: that was told already
     */
    public OptionDefinition crossCheck(Function<Map<String, Object>, Optional<String>> problem) {
        crossCheck = problem;
        return this;
    }

    /** The definition of options, in their order. */
    public static ConfigDef define(String group, OptionDefinition... options) {
        ConfigDef definition = new ConfigDef();
        for (int i = 0; i < options.length; i++) {
            OptionDefinition option = options[i];
            definition.define(
                    option.name,
                    option.type,
                    option.defaultValue,
                    option.validator,
                    option.importance,
                    option.explanation,
                    group,
                    i,
                    option.width,
                    option.title,
                    List.of(),
                    new Advice(option.words, option.crossCheck));
        }
        return definition;
    }

    /**
     * What a worker asks when all options are parsed.
     *
     * @param words the values to choose from; none if there are no such
     */
    record Advice(List<String> words, @Nullable Function<Map<String, Object>, Optional<String>> crossCheck)
            implements Recommender {

        /** @throws ConfigException if the option does not go together with the others: a worker shows it at the option */
        @Override
        public List<Object> validValues(String name, Map<String, Object> parsed) {
            if (crossCheck != null) {
                crossCheck.apply(parsed).ifPresent(problem -> {
                    throw new ConfigException(name + ": " + problem);
                });
            }
            return new ArrayList<>(words);
        }

        @Override
        public boolean visible(String name, Map<String, Object> parsed) {
            return true;
        }
    }
}
