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

/** The definition of one option of a transform. */
public final class OptionDefinition {

    private final String name;
    private final ConfigDef.Type type;
    private final Width width;
    private @Nullable Object defaultValue;
    private String displayName;
    private String documentation = "";
    private Importance importance = Importance.MEDIUM;
    private @Nullable Validator validator;
    private List<String> words = List.of();
    private @Nullable Function<Map<String, Object>, Optional<String>> crossCheck;

    private OptionDefinition(String name, ConfigDef.Type type, Width width, @Nullable Object defaultValue) {
        this.name = name;
        this.type = type;
        this.width = width;
        this.defaultValue = defaultValue;
        this.displayName = name;
    }

    /** An option that holds text. */
    public static OptionDefinition text(String name, String defaultValue) {
        return new OptionDefinition(name, ConfigDef.Type.STRING, Width.LONG, defaultValue);
    }

    /** An option that holds a comma-separated list of texts. */
    public static OptionDefinition list(String name, List<String> defaultValue) {
        return new OptionDefinition(name, ConfigDef.Type.LIST, Width.LONG, defaultValue);
    }

    /** An option that is true or false. */
    public static OptionDefinition flag(String name, boolean defaultValue) {
        return new OptionDefinition(name, ConfigDef.Type.BOOLEAN, Width.SHORT, defaultValue);
    }

    /** An option that is shown neither in logs nor by the worker, and has no default. */
    public static OptionDefinition secret(String name) {
        return new OptionDefinition(name, ConfigDef.Type.PASSWORD, Width.MEDIUM, null);
    }

    /** An option whose value is a constant of an enum. */
    public static <E extends Enum<E>> OptionDefinition choice(String name, E defaultValue) {
        OptionDefinition option =
                new OptionDefinition(name, ConfigDef.Type.STRING, Width.SHORT, EnumValidator.text(defaultValue));
        EnumValidator<E> choice = new EnumValidator<>(defaultValue.getDeclaringClass());
        option.validator = choice;
        option.words = choice.texts();
        return option;
    }

    /** Makes the option required: it has no default. */
    public OptionDefinition required() {
        defaultValue = ConfigDef.NO_DEFAULT_VALUE;
        return this;
    }

    /** The label that a form shows. */
    public OptionDefinition displayName(String text) {
        displayName = text;
        return this;
    }

    /** What the option does, for the person who sets it. */
    public OptionDefinition documentation(String text) {
        documentation = text;
        return this;
    }

    /** Marks an option that is essential to what the transform does. */
    public OptionDefinition highImportance() {
        importance = Importance.HIGH;
        return this;
    }

    /** Marks an option that few users need. */
    public OptionDefinition lowImportance() {
        importance = Importance.LOW;
        return this;
    }

    /**
     * Accepts only texts that the parser accepts.
     *
     * @param valid describes the valid values
     * @param parser throws {@link IllegalArgumentException}, whose message says what is wrong
     */
    public OptionDefinition validatedBy(String valid, Consumer<String> parser) {
        validator = new ParserValidator<>(valid, parser);
        return this;
    }

    /** Like {@link #validatedBy}, for a list. */
    public OptionDefinition listValidatedBy(String valid, Consumer<List<String>> parser) {
        validator = new ParserValidator<>(valid, parser);
        return this;
    }

    /** Like {@link #validatedBy}, for a secret. The message must not contain it. */
    public OptionDefinition secretValidatedBy(String valid, Consumer<Password> parser) {
        validator = new ParserValidator<>(valid, parser);
        return this;
    }

    /**
     * Checks the option against other options.
     *
     * @param problem receives the values of all options by name and returns what is wrong, or empty. A value that could
     *     not be parsed is null: its own validator has reported it
     */
    public OptionDefinition crossCheck(Function<Map<String, Object>, Optional<String>> problem) {
        crossCheck = problem;
        return this;
    }

    /** Defines the options, in the given order. */
    public static ConfigDef define(String group, OptionDefinition... options) {
        ConfigDef definition = new ConfigDef();
        for (int i = 0; i < options.length; i++) {
            OptionDefinition option = options[i];
            definition.define(
                    option.name,
                    option.type,
                    option.defaultValue,
                    new Resolved(option.validator),
                    option.importance,
                    option.documentation,
                    group,
                    i,
                    option.width,
                    option.displayName,
                    List.of(),
                    new Advice(option.words, option.crossCheck));
        }
        return definition;
    }

    /**
     * Called by a worker once all options are parsed.
     *
     * @param words the values to choose from; empty if any value is possible
     */
    record Advice(List<String> words, @Nullable Function<Map<String, Object>, Optional<String>> crossCheck)
            implements Recommender {

        /** @throws ConfigException if the option conflicts with others; a worker shows the message at the option */
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
