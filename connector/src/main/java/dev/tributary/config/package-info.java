// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.tributary.config;

import org.jspecify.annotations.NullMarked;
