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

    private static final String CONNECTS = """

            ## Kafka Connect's own

            Options of every source connector that matter most here. Connect reads them, and its documentation describes
            them.

            | option | default | |
            | --- | --- | --- |
            | `tasks.max` | `1` | There is one task, because a slot has one reader. A higher number changes nothing. |
            | `key.converter`, `value.converter` | the worker's | `dev.tributary.json.TributaryJsonConverter` writes \
            the same JSON as Connect's, and takes less time. `dev.tributary.avro.TributaryAvroConverter` writes the same \
            Avro as Confluent's; see [avro.md](avro.md). |
            | `transforms`, `predicates` | none | [Ours](transforms/README.md) are in the same zip. |
            | `topic.creation.default.partitions`, `topic.creation.default.replication.factor` | | Without them, the \
            brokers create the topics, if they may. |
            | `exactly.once.support` | `requested` | `required`: a worker without exactly-once refuses the connector. \
            With `requested`, it accepts it, and sends each change at least once. |
            | `transaction.boundary` | `poll` | In a worker with exactly-once: what is committed together. `poll`: \
            what one poll returned. `interval`: what was sent in some time. `connector`: whole transactions of the \
            database. See [transactions.md](transactions.md#the-three-boundaries). |
            | `transaction.boundary.interval.ms` | the worker's `offset.flush.interval.ms` | That time, with \
            `transaction.boundary=interval`. |
            | `offsets.storage.topic` | the worker's | The topic of this connector's offsets. In a worker with \
            exactly-once, it is written in the same transaction as the events. |
            | `producer.override.*` | the worker's | Options of the producer, such as `linger.ms`, `batch.size` and \
            `compression.type`: they decide about the throughput. [benchmarks.md](benchmarks.md) shows some. |
            | `errors.retry.timeout` | `0` | How long, in milliseconds, a record is tried again whose converter or \
            transform failed for a reason that can pass, such as a schema registry that does not answer; `-1` without \
            limit. |
            | `errors.tolerance` | `none` | `all`: a record that a transform or a converter fails on is left out. With \
            `none`, the task fails. |
            """;

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
        return page.append(CONNECTS).toString();
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
