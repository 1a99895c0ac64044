// SPDX-License-Identifier: Apache-2.0
/**
 * What a database reports about itself: connections, a small pool, and the catalog as records. Except for
 * {@link dev.tributary.postgres.Changes}, the package only reads from the database. It works with Postgres 14 to 18.
 *
 * <p>The checks, the task and the snapshots call it. It knows pgjdbc and the connection pool, and neither Kafka Connect
 * nor Debezium.
 */
@NullMarked
package dev.tributary.postgres;

import org.jspecify.annotations.NullMarked;
