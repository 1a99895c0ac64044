// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.check;

import dev.tributary.sandbox.chaos.check.SimulatedLog.Unit;
import dev.tributary.sandbox.chaos.check.Simulation.Sent;
import dev.tributary.sandbox.chaos.load.Change;

/** Mistakes with TRUNCATE, and with reports. */
enum TableMutation implements Mutation {
    /** A TRUNCATE is not sent. */
    DROP_TRUNCATE {
        @Override
        public boolean matters(Story story, int index) {
            return story.isSureTruncate(index);
        }

        @Override
        public void apply(Story story, int index) {
            story.records.remove(index);
        }
    },
    /** A TRUNCATE is sent after a change that follows it. */
    LATE_TRUNCATE {
        @Override
        public boolean matters(Story story, int index) {
            return story.isSureTruncate(index) && story.beside(index, true) >= 0;
        }

        @Override
        public void apply(Story story, int index) {
            int after = story.beside(index, true);
            story.records.add(after, story.records.remove(index));
        }
    },
    /** A TRUNCATE is sent before a change that precedes it. */
    EARLY_TRUNCATE {
        @Override
        public boolean matters(Story story, int index) {
            return story.isSureTruncate(index) && story.beside(index, false) >= 0;
        }

        @Override
        public void apply(Story story, int index) {
            int before = story.beside(index, false);
            story.records.add(before, story.records.remove(index));
        }
    },
    /** A TRUNCATE is sent that was not committed. */
    EXTRA_TRUNCATE {
        @Override
        public boolean matters(Story story, int index) {
            return story.hasSureTruncates();
        }

        @Override
        public void apply(Story story, int index) {
            Change change = story.unit(index).change();
            Change truncate =
                    new Change(change.seq(), "t", change.relation(), null, Change.TRUNCATE, null, change.lsn() - 1, 0);
            story.records.add(index, new Sent(new Unit(truncate, false, 0), Arrival.TRUNCATE, false, 0, null, 0));
        }
    },
    /** A TRUNCATE arrives twice in exactly-once. */
    DUPLICATE_TRUNCATE {
        @Override
        public boolean matters(Story story, int index) {
            return story.simulation.exactlyOnce && story.isSureTruncate(index);
        }

        @Override
        public void apply(Story story, int index) {
            story.records.add(index + 1, story.records.get(index));
        }
    },
    /** It is not reported that a change which arrived no longer exists. */
    UNDONE_WITHOUT_REPORT {
        @Override
        public boolean matters(Story story, int index) {
            // The same row can be deleted on both timelines, and then it is the delete that still exists.
            return story.records.get(index).vanished() && story.hasRow(index);
        }

        @Override
        public void apply(Story story, int index) {
            long lsn = story.unit(index).change().lsn();
            story.reports.removeIf(report -> report.kind() == LossKind.UNDONE && report.covers(lsn));
        }
    },
    LOST_WITHOUT_REPORT {
        @Override
        public boolean matters(Story story, int index) {
            return story.simulation.losses.stream().anyMatch(RealLoss::certain);
        }

        @Override
        public void apply(Story story, int index) {
            story.reports.removeIf(report -> report.kind() == LossKind.LOST);
        }
    },
    /** A report says that changes are lost, or undone, which are not. */
    REPORT_FROM_TOO_EARLY {
        @Override
        public boolean matters(Story story, int index) {
            return !story.reports.isEmpty();
        }

        @Override
        public void apply(Story story, int index) {
            Report report = story.reports.get(0);
            long first = story.simulation.losses.stream()
                    .filter(loss -> loss.kinds().contains(report.kind()))
                    .mapToLong(RealLoss::from)
                    .min()
                    .orElseThrow();
            story.reports.set(0, new Report(report.kind(), first - SimulatedLog.STEP, report.to(), report.text()));
        }
    };

    @Override
    public boolean takes(Unit unit) {
        return true;
    }
}
