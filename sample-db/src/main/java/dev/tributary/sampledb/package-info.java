// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.tributary.sampledb;

import org.jspecify.annotations.NullMarked;
