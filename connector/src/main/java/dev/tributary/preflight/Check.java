// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import java.util.List;

/** One thing to look at. Depends on its arguments alone, so that none hides what another would have found. */
@FunctionalInterface
interface Check {

    /** What is wrong; empty when nothing is. */
    List<Finding> examine(PreflightRequest request, Facts facts);
}
