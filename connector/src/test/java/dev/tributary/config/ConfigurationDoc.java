// SPDX-License-Identifier: Apache-2.0
package dev.tributary.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;

/** Writes {@code docs/configuration.md} from the definition of the options. */
final class ConfigurationDoc {

    private ConfigurationDoc() {}

    static String write() {
        StringBuilder page = new StringBuilder("""
                # Configuration

                <!-- Generated from the definition of the options; edit there, not here. -->

                Every option of the connector. Those of Debezium's Postgres connector keep their names and meanings;
                where a default differs, the table says so, and
                [differences-from-debezium.md](differences-from-debezium.md) says why. A minimal configuration is
                `connector.class`, `database.hostname`, `database.port`, `database.user`, `database.password`,
                `database.dbname`, `topic.prefix` and `table.include.list`.
                [transactions.md](transactions.md) is about those that concern transactions.
                """);
        for (OptionGroup group : OptionGroup.values()) {
            page.append("\n## ").append(group.title()).append("\n\n");
            page.append("| option | type | default | |\n| --- | --- | --- | --- |\n");
            keys(group).forEach(key -> page.append(row(key)));
        }
        page.append("""

                ## Families

                Options whose names contain a part that you choose.

                | option |
                | --- |
                """);
        DebeziumFields.families().stream()
                .filter(family -> !family.notation().startsWith("internal."))
                .forEach(family -> page.append("| `").append(family.notation()).append("` |\n"));
        return page.toString();
    }

    private static List<ConfigKey> keys(OptionGroup group) {
        Map<String, ConfigKey> keys = Options.definition().configKeys();
        List<ConfigKey> inGroup = new ArrayList<>(keys.values());
        inGroup.removeIf(key -> !group.title().equals(key.group));
        inGroup.sort(
                Comparator.comparingInt((ConfigKey key) -> key.orderInGroup).thenComparing(key -> key.name));
        return inGroup;
    }

    private static String row(ConfigKey key) {
        return "| `%s` | %s | %s | %s |%n"
                .formatted(
                        key.name,
                        key.type.name().toLowerCase(Locale.ROOT),
                        defaultOf(key),
                        key.documentation.replace("|", "\\|").replace("<", "&lt;"))
                .replace(System.lineSeparator(), "\n");
    }

    private static Object debeziumsDefault(String option) {
        return DebeziumFields.all().stream()
                .filter(field -> field.name().equals(option))
                .findFirst()
                .orElseThrow()
                .defaultValue();
    }

    private static String defaultOf(ConfigKey key) {
        String ours = Options.DEFAULTS.containsKey(key.name) ? " (Debezium: `" + debeziumsDefault(key.name) + "`)" : "";
        if (ConfigDef.NO_DEFAULT_VALUE.equals(key.defaultValue) || key.defaultValue == null) {
            return "";
        }
        String text = key.defaultValue instanceof List<?> list
                ? list.stream().map(Object::toString).collect(Collectors.joining(","))
                : key.defaultValue instanceof Class<?> type ? type.getName() : key.defaultValue.toString();
        return text.isEmpty() ? "" : "`" + text.replace("|", "\\|") + "`" + ours;
    }
}
