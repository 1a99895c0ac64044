// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import java.util.List;

/** One check. It depends only on its arguments, so that no check hides what another would find. */
@FunctionalInterface
interface Check {

    /** The problems found; empty when there are none. */
    List<Finding> examine(PreflightRequest request, Facts facts);
}
