// SPDX-License-Identifier: Apache-2.0
/**
 * Turns rows of an outbox table into messages: which tables are outboxes, what each column is used for, how topics are
 * named, and what happens to a payload of JSON.
 */
@NullMarked
package dev.tributary.transforms.outbox;

import org.jspecify.annotations.NullMarked;
