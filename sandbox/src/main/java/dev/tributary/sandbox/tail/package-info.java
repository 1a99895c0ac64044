// SPDX-License-Identifier: Apache-2.0
/** {@code ./tributary tail}: runs the connector without Kafka and prints its events as lines of JSON. */
@NullMarked
package dev.tributary.sandbox.tail;

import org.jspecify.annotations.NullMarked;
