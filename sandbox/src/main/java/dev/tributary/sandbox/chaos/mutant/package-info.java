/** Faults in the connector itself, to see that a run finds them. */
@NullMarked
package dev.tributary.sandbox.chaos.mutant;

import org.jspecify.annotations.NullMarked;
