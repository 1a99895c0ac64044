// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.tributary.capture;

import org.jspecify.annotations.NullMarked;
