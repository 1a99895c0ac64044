// SPDX-License-Identifier: Apache-2.0
/**
 * Masks personal data: rules choose the columns, actions say how they are masked.
 *
 * <p>The rules give a {@link dev.tributary.transforms.mask.Place} for a table; the places below it distinguish columns,
 * their fields and the parts of JSON documents. A place and a schema give a {@link dev.tributary.transforms.mask.Plan},
 * which is created once. {@link dev.tributary.transforms.mask.Decryptor} reads what is encrypted here and needs only
 * the JDK.
 */
@NullMarked
package dev.tributary.transforms.mask;

import org.jspecify.annotations.NullMarked;
