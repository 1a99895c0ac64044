// SPDX-License-Identifier: Apache-2.0
/** What both services are made of: where they find Kafka, how they read a topic, how they answer. */
@org.jspecify.annotations.NullMarked
package dev.tributary.services;
