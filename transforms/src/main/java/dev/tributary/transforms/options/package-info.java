// SPDX-License-Identifier: Apache-2.0
/**
 * The options of a transform: how they are defined, validated and read.
 *
 * <p>A problem with one option is reported by its validator. A problem that depends on another option is reported by
 * its recommender. A worker runs both when a connector is submitted, and shows the message at the option.
 */
@NullMarked
package dev.tributary.transforms.options;

import org.jspecify.annotations.NullMarked;
