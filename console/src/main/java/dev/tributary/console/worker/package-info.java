// SPDX-License-Identifier: Apache-2.0
/** What this worker knows: the MBeans of the connectors that run in it, and their last hour. */
@NullMarked
package dev.tributary.console.worker;

import org.jspecify.annotations.NullMarked;
