// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture;

import io.debezium.connector.postgresql.PostgresPartition;
import io.debezium.pipeline.metrics.DefaultChangeEventSourceMetricsFactory;

final class LeanMetricsFactory extends DefaultChangeEventSourceMetricsFactory<PostgresPartition> {}
