// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.tributary.metrics;

import org.jspecify.annotations.NullMarked;
