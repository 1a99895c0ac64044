// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import io.debezium.connector.postgresql.PostgresOffsetContext;
import io.debezium.connector.postgresql.PostgresPartition;

/**
 * What all changes of a stream have in common.
 *
 * @param partition the source partition
 * @param offset Debezium's offset and source block, brought up to date before each change
 * @param skipsUnchanged {@code skip.messages.without.change}
 * @param progress is told before each event of a change whether it is the change's last
 */
record Feed(
        PostgresPartition partition, PostgresOffsetContext offset, boolean skipsUnchanged, StreamProgress progress) {}
