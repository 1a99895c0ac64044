// SPDX-License-Identifier: Apache-2.0
/**
 * Failures: what a throwable means, whether to retry or to stop, and what the operator must do.
 *
 * <p>{@code CaptureErrorHandler} and {@code CaptureTask} ask {@link dev.tributary.failure.FailurePolicy} and wrap its
 * answer in a {@link dev.tributary.failure.CaptureFailedException}; {@code PostgresSourceTask} acts on it. The room
 * knows SQLSTATEs, exceptions and the names of options, and nothing of how changes are captured.
 */
@NullMarked
package dev.tributary.failure;

import org.jspecify.annotations.NullMarked;
