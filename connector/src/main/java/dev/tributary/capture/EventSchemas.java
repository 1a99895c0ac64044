// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture;

import dev.tributary.capture.stream.CaptureSchema;
import dev.tributary.config.ConnectorConfig;
import dev.tributary.postgres.TableName;
import io.debezium.bean.StandardBeanNames;
import io.debezium.config.CommonConnectorConfig;
import io.debezium.config.Configuration;
import io.debezium.connector.postgresql.PostgresTaskContext;
import io.debezium.converters.custom.CustomConverterServiceProvider;
import io.debezium.relational.Column;
import io.debezium.relational.CustomConverterRegistry;
import io.debezium.relational.TableId;
import io.debezium.relational.TableSchema;
import io.debezium.spi.topic.TopicNamingStrategy;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/** The schemas of events, as a start of the connector would make them now. */
public final class EventSchemas {

    private EventSchemas() {}

    /**
     * The events of a table.
     *
     * @param columns the columns that are sent
     * @param key the schema of the key; null for events without one
     * @param value the schema of the value: Debezium's envelope, with the row in {@code before} and {@code after}
     */
    public record OfTable(List<String> columns, @Nullable Schema key, Schema value) {

        public OfTable {
            columns = List.copyOf(columns);
        }
    }

    /** The schemas cannot be made. */
    public static final class UnknownException extends Exception {

        private static final long serialVersionUID = 1;

        private final String reason;

        private UnknownException(RuntimeException cause) {
            super(cause);
            // The text of the server can contain values of rows.
            this.reason = cause.getCause() instanceof SQLException refusal
                    ? "the catalog cannot be read (SQLSTATE " + refusal.getSQLState() + ")"
                    : String.valueOf(cause.getMessage());
        }

        /** Why, without content of rows. */
        public String reason() {
            return reason;
        }
    }

    /**
     * Reads the definitions of all captured tables from the catalog.
     *
     * @throws UnknownException if that fails, or if no schema can be made of one
     */
    public static Map<TableName, OfTable> read(ConnectorConfig options) throws UnknownException {
        try {
            return schemas(options);
        } catch (RuntimeException e) {
            throw new UnknownException(e);
        }
    }

    private static Map<TableName, OfTable> schemas(ConnectorConfig options) {
        Configuration raw = Configuration.from(options.properties());
        CaptureConfig config = new CaptureConfig(raw, options.capturePath(), options.leftOut());
        config.getBeanRegistry().add(StandardBeanNames.CONFIGURATION, raw);
        config.getServiceRegistry().registerServiceProvider(new CustomConverterServiceProvider());
        try (OpenParts open = new OpenParts()) {
            open.add(config.getServiceRegistry());
            Connections connections = Connections.open(config, open);
            CaptureSchema schema = open.add(schema(raw, config, connections, options));
            schema.refreshAll(connections.lookups());
            Map<TableName, OfTable> schemas = new HashMap<>();
            for (TableId table : schema.tableIds()) {
                TableSchema made = schema.schemaFor(table);
                if (made != null) {
                    List<String> columns = schema.tableFor(table).columns().stream()
                            .map(Column::name)
                            .filter(column -> options.selection().captures(table.schema(), table.table(), column))
                            .toList();
                    schemas.put(
                            new TableName(table.schema(), table.table()),
                            new OfTable(
                                    columns,
                                    made.keySchema(),
                                    made.getEnvelopeSchema().schema()));
                }
            }
            return schemas;
        }
    }

    @SuppressWarnings("unchecked") // Debezium returns its naming strategies as raw types
    private static CaptureSchema schema(
            Configuration raw, CaptureConfig config, Connections connections, ConnectorConfig options) {
        TopicNamingStrategy<TableId> topics =
                config.getTopicNamingStrategy(CommonConnectorConfig.TOPIC_NAMING_STRATEGY);
        return new CaptureSchema(
                new PostgresTaskContext(raw, config) {},
                connections.main().getDefaultValueConverter(),
                topics,
                connections.values(),
                Assembly.required(config.getServiceRegistry().tryGetService(CustomConverterRegistry.class)),
                HiddenColumns.of(options),
                failure -> {},
                connections.lookups());
    }
}
