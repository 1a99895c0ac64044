// SPDX-License-Identifier: Apache-2.0
/**
 * From a row of an outbox table to a message: which tables are outboxes, what each column is for, what the topic is called,
 * and what becomes of a payload of JSON.
 */
@NullMarked
package dev.tributary.transforms.outbox;

import org.jspecify.annotations.NullMarked;
