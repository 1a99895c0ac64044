// SPDX-License-Identifier: Apache-2.0
/** Shared by both services: configuration, reading a topic, HTTP. */
@org.jspecify.annotations.NullMarked
package dev.tributary.services;
