// SPDX-License-Identifier: Apache-2.0
/** The Postgres connectors of the cluster: what Connect says of them, and what the workers that run them know. */
@NullMarked
package dev.tributary.console.cluster;

import org.jspecify.annotations.NullMarked;
