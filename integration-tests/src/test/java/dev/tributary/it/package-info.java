// SPDX-License-Identifier: Apache-2.0
/**
 * End-to-end tests: the plugin zip in a real Connect worker, between a real Postgres and a real broker. No class of the
 * connector is on their class path.
 *
 * <p>{@link Servers} starts the servers that most tests share. A test creates a {@link TestDatabase}, starts a
 * {@link TestConnector} on it over REST, and reads its {@link Topics}. {@link Traffic} and {@link Delivery} write under
 * load and check that nothing is lost and the order is kept.
 */
@NullMarked
package dev.tributary.it;

import org.jspecify.annotations.NullMarked;
