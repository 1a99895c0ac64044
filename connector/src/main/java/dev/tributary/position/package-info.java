// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.tributary.position;

import org.jspecify.annotations.NullMarked;
