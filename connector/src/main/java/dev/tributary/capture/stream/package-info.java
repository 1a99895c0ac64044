// SPDX-License-Identifier: Apache-2.0
/** Reads the WAL: replication protocol, pgoutput messages, events. */
@NullMarked
package dev.tributary.capture.stream;

import org.jspecify.annotations.NullMarked;
