// SPDX-License-Identifier: Apache-2.0
/** Reads tables as they were at one moment: chunk plan, parallel COPY, progress and resume. */
@NullMarked
package dev.tributary.capture.snapshot;

import org.jspecify.annotations.NullMarked;
