// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture;

import dev.tributary.capture.stream.CaptureSchema;
import dev.tributary.failure.ShownText;
import io.debezium.DebeziumException;
import io.debezium.connector.postgresql.connection.PostgresConnection;
import io.debezium.pipeline.GuardrailValidator;
import java.sql.SQLException;

/** {@code guardrail.collections.*}: keeps a filter that is too wide from filling the memory with schemas. */
final class Guardrail {

    private Guardrail() {}

    static void check(CaptureConfig config, CaptureSchema schema, PostgresConnection catalog) {
        if (config.getGuardrailCollectionsMax() <= 0) {
            return;
        }
        try {
            new GuardrailValidator(config, schema).validate(catalog.getAllTableIds(config.databaseName()));
        } catch (SQLException e) {
            throw new DebeziumException("The tables cannot be counted: " + ShownText.of(e), e);
        }
    }
}
