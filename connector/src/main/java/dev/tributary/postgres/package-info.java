// SPDX-License-Identifier: Apache-2.0
/**
 * What a database says about itself: a small connection pool and the catalog, read as records. Knows neither Kafka
 * Connect nor Debezium, changes nothing in the database, and works on Postgres 14 to 18.
 */
@NullMarked
package dev.tributary.postgres;

import org.jspecify.annotations.NullMarked;
