// SPDX-License-Identifier: Apache-2.0
/** Turns envelopes into rows: what happens to deletes, and which fields of the envelope a row keeps. */
@NullMarked
package dev.tributary.transforms.flatten;

import org.jspecify.annotations.NullMarked;
