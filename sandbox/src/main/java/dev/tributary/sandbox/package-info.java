// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.tributary.sandbox;

import org.jspecify.annotations.NullMarked;
