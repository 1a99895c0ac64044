// SPDX-License-Identifier: Apache-2.0
/**
 * A schema registry, by the REST API of Confluent's, which Karapace, Redpanda and Apicurio serve as well (<a
 * href="https://docs.confluent.io/platform/current/schema-registry/develop/api.html">reference</a>).
 */
@NullMarked
package dev.tributary.avro.registry;

import org.jspecify.annotations.NullMarked;
