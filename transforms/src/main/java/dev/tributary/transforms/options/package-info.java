// SPDX-License-Identifier: Apache-2.0
/**
 * The options of a transform: how they are defined, checked and read.
 *
 * <p>Whatever can be known to be wrong about an option is told by its validator, or, if it depends on another option, by its
 * recommender: a worker runs both when a connector is submitted, and shows the message at the option.
 */
@NullMarked
package dev.tributary.transforms.options;

import org.jspecify.annotations.NullMarked;
