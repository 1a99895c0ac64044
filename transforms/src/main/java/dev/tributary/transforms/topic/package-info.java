// SPDX-License-Identifier: Apache-2.0
/** What Kafka takes for the name of a topic. */
@NullMarked
package dev.tributary.transforms.topic;

import org.jspecify.annotations.NullMarked;
