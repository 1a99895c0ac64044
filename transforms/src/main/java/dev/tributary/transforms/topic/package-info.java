// SPDX-License-Identifier: Apache-2.0
/** Kafka's rules for the names of topics. */
@NullMarked
package dev.tributary.transforms.topic;

import org.jspecify.annotations.NullMarked;
