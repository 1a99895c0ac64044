/** What can go wrong, and how it is put right again. */
@NullMarked
package dev.tributary.sandbox.chaos.fault;

import org.jspecify.annotations.NullMarked;
