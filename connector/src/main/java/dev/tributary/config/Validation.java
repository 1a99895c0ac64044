// SPDX-License-Identifier: Apache-2.0
package dev.tributary.config;

import io.debezium.config.Configuration;
import io.debezium.config.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.kafka.common.config.ConfigValue;

/** Checks each option and combinations of options, without access to the database. */
public final class Validation {

    private final Map<String, ConfigValue> values = new TreeMap<>();

    private Validation(Map<String, String> written) {
        for (ConfigValue value : Options.definition().validate(written)) {
            values.put(value.name(), value);
        }
        Placeholders.unresolved(written).forEach(this::setError);
        Map<String, String> properties = ConnectorConfig.of(written).properties();
        Configuration complete = Configuration.from(properties);
        // Debezium's pattern for host names leaves out IPv6 addresses.
        boolean isIpv6 = HostName.isIpv6(complete.getString(OptionNames.DATABASE_HOSTNAME, ""));
        DebeziumFields.validated().stream()
                .filter(field -> !(isIpv6 && field.name().equals(OptionNames.DATABASE_HOSTNAME)))
                .forEach(field -> field.validate(complete, (which, value, problem) -> addError(which, problem)));
        requirePgOutput(complete);
        requirePattern(complete, "custom.sanitize.pattern");
        requireTimeToCommit(properties);
        Credentials.problems(written).forEach(this::addError);
        GuardOptions.problems(written).forEach(this::addError);
        // Debezium checks the other lists.
        ColumnList.in(properties).stream()
                .filter(list -> list.use() != ColumnList.Use.INCLUDE && list.use() != ColumnList.Use.EXCLUDE)
                .forEach(list -> list.problems().forEach(problem -> addError(list.option(), problem)));
    }

    /** Checks the given properties; never throws, whatever they contain. */
    public static Validation of(Map<String, String> written) {
        return new Validation(written);
    }

    /** One value per option, each with its errors. */
    public List<ConfigValue> values() {
        return new ArrayList<>(values.values());
    }

    /**
     * Adds an error to an option. The message begins with its name, because Connect joins messages without the names.
     */
    public void addError(String option, String message) {
        ConfigValue value = values.computeIfAbsent(option, ConfigValue::new);
        String named = option + ": " + message;
        if (!value.errorMessages().contains(named)) {
            value.addErrorMessage(named);
        }
    }

    /** Whether there is no error. */
    public boolean isValid() {
        return values.values().stream().map(ConfigValue::errorMessages).allMatch(Collection::isEmpty);
    }

    /** Every error; each contains the name of its option. */
    public List<String> errors() {
        return values.values().stream()
                .flatMap(value -> value.errorMessages().stream())
                .toList();
    }

    private void addError(Field field, String problem) {
        ConfigValue value = values.get(field.name());
        boolean typeAlreadyWrong = value != null && !value.errorMessages().isEmpty();
        if (!typeAlreadyWrong) {
            addError(field.name(), Character.toLowerCase(problem.charAt(0)) + problem.substring(1));
        }
    }

    /** Replaces what was found so far: the text is not the value that the user means. */
    private void setError(String option, String message) {
        values.put(option, new ConfigValue(option));
        addError(option, message);
    }

    private void requirePattern(Configuration complete, String option) {
        try {
            Pattern.compile(complete.getString(option, ""));
        } catch (PatternSyntaxException e) {
            addError(option, "is not a regular expression: " + e.getDescription() + " at position " + e.getIndex());
        }
    }

    /** The producer would abort a transaction that is still being collected. */
    private void requireTimeToCommit(Map<String, String> properties) {
        ConfigValue value = values.get(OptionNames.TRANSACTION_GROUP_MAX_MS);
        if (value == null || !value.errorMessages().isEmpty()) {
            return;
        }
        long longest = TransactionOptions.GROUP_MAX_MS.valueIn(properties, 0);
        long timeout = TransactionOptions.producerTimeout(properties).toMillis();
        if (longest >= timeout) {
            addError(
                    OptionNames.TRANSACTION_GROUP_MAX_MS,
                    "is " + longest + ", but the producer's transactions expire after "
                            + timeout + " ms (" + TransactionOptions.PRODUCER_TIMEOUT
                            + "). Set a lower value, or raise the producer's timeout.");
        }
    }

    private void requirePgOutput(Configuration complete) {
        String plugin = complete.getString(OptionNames.PLUGIN_NAME);
        if (!plugin.strip().toLowerCase(Locale.ROOT).equals("pgoutput")) {
            addError(
                    OptionNames.PLUGIN_NAME,
                    "is '" + plugin
                            + "', but only pgoutput is supported, which every Postgres since version 10 has built"
                            + " in. Remove plugin.name, and use a slot that was created with pgoutput.");
        }
    }
}
