/** The servers of a run, the connector on them, and the operator who looks after it. */
@NullMarked
package dev.tributary.sandbox.chaos.arena;

import org.jspecify.annotations.NullMarked;
