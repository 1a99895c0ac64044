// SPDX-License-Identifier: Apache-2.0
package dev.tributary;

import dev.tributary.preflight.Finding;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes findings to the worker's log when they are not reported in another way. */
final class FindingLog {

    private static final Logger LOG = LoggerFactory.getLogger("dev.tributary.preflight");

    private FindingLog() {}

    static void write(Finding finding) {
        switch (finding.severity()) {
            case ERROR -> LOG.error("{}: {}", finding.option(), finding.message());
            case WARNING -> LOG.warn("{}: {}", finding.option(), finding.message());
            case INFO -> LOG.info("{}: {}", finding.option(), finding.message());
        }
    }
}
