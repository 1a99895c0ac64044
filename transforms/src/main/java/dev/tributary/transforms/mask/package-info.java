// SPDX-License-Identifier: Apache-2.0
/**
 * Personal data made unreadable: rules say which columns, actions say how.
 *
 * <p>From the rules comes a {@link dev.tributary.transforms.mask.Place} for a table; its places below tell the columns, their
 * fields and the parts of JSON documents apart. From a place and a schema comes a {@link dev.tributary.transforms.mask.Plan},
 * made once. What is encrypted here is read by {@link dev.tributary.transforms.mask.Decryptor}, which needs nothing but the JDK.
 */
@NullMarked
package dev.tributary.transforms.mask;

import org.jspecify.annotations.NullMarked;
