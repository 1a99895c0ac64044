// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.check;

import dev.tributary.sandbox.chaos.check.SimulatedLog.Unit;
import dev.tributary.sandbox.chaos.check.Simulation.Sent;
import dev.tributary.sandbox.chaos.load.Change;

/** Mistakes with records of rows. */
enum RowMutation implements Mutation {
    /** A change that arrives only once is missing. */
    DROP {
        @Override
        public boolean matters(Story story, int index) {
            return story.isRequired(index)
                    && story.isOnly(index)
                    && !story.unit(index).isDelete();
        }

        @Override
        public void apply(Story story, int index) {
            story.records.remove(index);
        }
    },
    DROP_DELETE {
        @Override
        public boolean matters(Story story, int index) {
            return story.isRequired(index)
                    && story.isOnly(index)
                    && story.unit(index).isDelete()
                    && !story.unit(index).tombstone();
        }

        @Override
        public void apply(Story story, int index) {
            story.records.remove(index);
        }
    },
    DROP_TOMBSTONE {
        @Override
        public boolean matters(Story story, int index) {
            return story.isRequired(index)
                    && story.isOnly(index)
                    && story.unit(index).tombstone();
        }

        @Override
        public void apply(Story story, int index) {
            story.records.remove(index);
        }
    },
    /** The last record of a key is missing, and the one before it is not the same. */
    DROP_LAST {
        @Override
        public boolean matters(Story story, int index) {
            int before = story.before(index);
            return story.isRequired(index)
                    && story.after(index) < 0
                    && (before < 0 || story.position(before) < story.position(index));
        }

        @Override
        public void apply(Story story, int index) {
            story.records.remove(index);
        }
    },
    /** Two changes of a key that follow each other arrive in the wrong order. */
    SWAP {
        @Override
        public boolean matters(Story story, int index) {
            int after = story.after(index);
            return story.isRequired(index)
                    && story.isFirst(index)
                    && !story.isOptional(story.position(index) - 1, index)
                    && after >= 0
                    && story.isRequired(after)
                    && story.position(after) == story.position(index) + 1;
        }

        @Override
        public void apply(Story story, int index) {
            int after = story.after(index);
            Sent first = story.records.get(index);
            story.records.set(index, story.records.get(after));
            story.records.set(after, first);
        }
    },
    /** A change arrives twice in exactly-once. */
    DUPLICATE {
        @Override
        public boolean matters(Story story, int index) {
            return story.simulation.exactlyOnce && story.isSure(index) && story.isStreamed(index);
        }

        @Override
        public void apply(Story story, int index) {
            story.records.add(index + 1, story.records.get(index));
        }
    },
    /** A record has a tag of no row. */
    OTHER_TAG {
        @Override
        public boolean matters(Story story, int index) {
            return story.hasTag(index);
        }

        @Override
        public void apply(Story story, int index) {
            Change change = story.unit(index).change();
            story.change(
                    index,
                    new Change(
                            change.seq(), "other", change.relation(), change.key(), change.op(), "x", change.lsn(), 0));
        }
    },
    OTHER_DIGEST {
        @Override
        public boolean matters(Story story, int index) {
            return story.hasTag(index);
        }

        @Override
        public void apply(Story story, int index) {
            Change change = story.unit(index).change();
            story.change(
                    index,
                    new Change(
                            change.seq(),
                            change.tag(),
                            change.relation(),
                            change.key(),
                            change.op(),
                            "other",
                            change.lsn(),
                            0));
        }
    },
    /** A record has the key of another row. */
    OTHER_KEY {
        @Override
        public boolean matters(Story story, int index) {
            return story.hasTag(index);
        }

        @Override
        public void apply(Story story, int index) {
            Change change = story.unit(index).change();
            String key = story.unit(index).key().equals("1") ? "2" : "1";
            story.change(
                    index,
                    new Change(
                            change.seq(),
                            change.tag(),
                            change.relation(),
                            key,
                            change.op(),
                            change.digest(),
                            change.lsn(),
                            0));
        }
    },
    /** A snapshot shows an older row than the stream has sent, which nothing repeats. */
    STALE_READ {
        @Override
        public boolean matters(Story story, int index) {
            return story.isNewest(index) && story.older(index) != null;
        }

        @Override
        public void apply(Story story, int index) {
            Unit older = story.older(index);
            if (older != null) {
                story.records.add(index + 1, new Sent(older, Arrival.READ, false));
            }
        }
    },
    /** An earlier change arrives again, and what follows it does not. */
    STALE_CHANGE {
        @Override
        public boolean matters(Story story, int index) {
            return story.isNewest(index) && story.older(index) != null;
        }

        @Override
        public void apply(Story story, int index) {
            Unit older = story.older(index);
            if (older != null) {
                story.records.add(index + 1, new Sent(older, older.change().op(), false));
            }
        }
    },
    /** A row is deleted that was not, or that the next record deletes in exactly-once. */
    EXTRA_DELETE {
        @Override
        public boolean matters(Story story, int index) {
            Unit next = story.next(index);
            return story.isNewest(index)
                    && !story.unit(index).isDelete()
                    && !story.isOptional(story.position(index) + 1, index)
                    && (next == null || !next.isDelete() || story.simulation.exactlyOnce);
        }

        @Override
        public void apply(Story story, int index) {
            Change row = story.unit(index).change();
            Change delete =
                    new Change(row.seq(), row.tag(), row.relation(), row.key(), 'd', row.digest(), row.lsn(), 0);
            story.records.add(index + 1, new Sent(new Unit(delete, false, 0), Arrival.DELETE, false));
        }
    },
    /** A record lacks a column. */
    DROP_COLUMN {
        @Override
        public boolean matters(Story story, int index) {
            return story.hasRow(index);
        }

        @Override
        public void apply(Story story, int index) {
            story.lacking = index;
        }
    },
    /** A snapshot sends a row twice in exactly-once. */
    DUPLICATE_READ {
        @Override
        public boolean matters(Story story, int index) {
            return story.simulation.exactlyOnce
                    && story.records.get(index).op() == Arrival.READ
                    && !Arrival.INCREMENTAL.equals(story.records.get(index).marker())
                    && story.unit(index).change().lsn() > story.simulation.readsAhead;
        }

        @Override
        public void apply(Story story, int index) {
            story.records.add(index + 1, story.records.get(index));
        }
    };

    @Override
    public boolean takes(Unit unit) {
        return !unit.isTruncate();
    }
}
