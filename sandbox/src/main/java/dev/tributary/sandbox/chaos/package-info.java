/** {@code ./tributary chaos}: faults in a real cluster under load, drawn from a seed, and a check of what arrived. */
@NullMarked
package dev.tributary.sandbox.chaos;

import org.jspecify.annotations.NullMarked;
