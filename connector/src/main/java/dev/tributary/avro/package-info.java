// SPDX-License-Identifier: Apache-2.0
/** The Avro converter, which writes bytes from bytes, and how Connect's schemas and values are represented in Avro. */
@NullMarked
package dev.tributary.avro;

import org.jspecify.annotations.NullMarked;
