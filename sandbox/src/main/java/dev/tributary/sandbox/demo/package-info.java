// SPDX-License-Identifier: Apache-2.0
/** {@code ./tributary demo}: the whole way from a row in Postgres to an event in Kafka, to watch. */
@NullMarked
package dev.tributary.sandbox.demo;

import org.jspecify.annotations.NullMarked;
