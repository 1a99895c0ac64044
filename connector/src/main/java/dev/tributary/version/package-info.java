// SPDX-License-Identifier: Apache-2.0
/** The version of this build, which everything that a worker lists reports. */
@NullMarked
package dev.tributary.version;

import org.jspecify.annotations.NullMarked;
