// SPDX-License-Identifier: Apache-2.0
/** {@code ./tributary demo}: shows the whole path from a row in Postgres to an event in Kafka. */
@NullMarked
package dev.tributary.sandbox.demo;

import org.jspecify.annotations.NullMarked;
