// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.tributary.it;

import org.jspecify.annotations.NullMarked;
