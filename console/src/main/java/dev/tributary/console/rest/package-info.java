// SPDX-License-Identifier: Apache-2.0
/** The HTTP side of the console: its page, facts as JSON, live updates, actions. */
@NullMarked
package dev.tributary.console.rest;

import org.jspecify.annotations.NullMarked;
