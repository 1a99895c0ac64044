// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.check;

import dev.tributary.sandbox.chaos.check.SimulatedLog.Unit;
import dev.tributary.sandbox.chaos.check.Simulation.Sent;
import dev.tributary.sandbox.chaos.load.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The records of a simulation, to be changed, and what a mistake in them would mean. */
final class Story {

    final Simulation simulation;
    final List<Sent> records;
    final List<Report> reports;
    /** The record that lacks a column; -1 if none. */
    int lacking = -1;

    Story(Simulation simulation) {
        this.simulation = simulation;
        this.records = new ArrayList<>(simulation.records);
        this.reports = new ArrayList<>(simulation.reports);
    }

    /** What the checker says. */
    Verdict check() {
        List<Arrival> arrivals = simulation.arrivals(records);
        if (lacking >= 0) {
            Arrival whole = arrivals.get(lacking);
            arrivals.set(
                    lacking,
                    new Arrival(
                            whole.topic(),
                            whole.partition(),
                            whole.offset(),
                            whole.relation(),
                            whole.key(),
                            whole.op(),
                            whole.tag(),
                            whole.seq(),
                            whole.digest(),
                            Arrival.Payload.LACKING,
                            whole.lsn(),
                            whole.snapshot()));
        }
        return simulation.check(arrivals, reports);
    }

    Unit unit(int index) {
        return records.get(index).unit();
    }

    int position(int index) {
        return unit(index).position();
    }

    boolean hasTag(int index) {
        return hasRow(index)
                || (simulation.fullIdentity
                        && unit(index).isDelete()
                        && !unit(index).tombstone());
    }

    boolean hasRow(int index) {
        return !unit(index).isDelete() && !unit(index).isTruncate();
    }

    /** Whether nothing happened to its key that makes deletes or repeats ambiguous. */
    boolean isSure(int index) {
        return !simulation.unsure.contains(unit(index).key());
    }

    boolean isStreamed(int index) {
        return records.get(index).op() != Arrival.READ && !records.get(index).vanished();
    }

    /** Whether it is a record of the stream, which must arrive. */
    boolean isRequired(int index) {
        return isStreamed(index) && isSure(index) && !simulation.optional.contains(unit(index));
    }

    /** Whether the change at this position of the record's key may be missing. */
    boolean isOptional(int position, int index) {
        return simulation.optional.stream()
                .anyMatch(unit -> unit.position() == position
                        && unit.key().equals(unit(index).key()));
    }

    /** Whether no other record of the stream is of the same change. */
    boolean isOnly(int index) {
        return IntStream.range(0, records.size())
                .filter(this::isStreamed)
                .allMatch(other -> other == index || !unit(other).equals(unit(index)));
    }

    /** Whether the earlier records of the key are of earlier changes. */
    boolean isFirst(int index) {
        return ofKey(index).filter(other -> other < index).allMatch(other -> position(other) < position(index));
    }

    /** Whether it must arrive, and all other records of the key are of earlier changes before and later ones after. */
    boolean isNewest(int index) {
        return isRequired(index)
                && isFirst(index)
                && ofKey(index).filter(other -> other > index).allMatch(other -> position(other) > position(index));
    }

    /** An earlier version of the row; null if there is none. */
    @Nullable
    Unit older(int index) {
        return simulation.log.units().stream()
                .filter(unit -> unit.key().equals(unit(index).key()) && unit.position() < position(index))
                .filter(unit -> !unit.isDelete())
                .findFirst()
                .orElse(null);
    }

    /** What was committed next for the key; null if this is its end. */
    @Nullable
    Unit next(int index) {
        return simulation.log.units().stream()
                .filter(unit -> unit.key().equals(unit(index).key()) && unit.position() == position(index) + 1)
                .findFirst()
                .orElse(null);
    }

    /** The record of the key before this one; -1 if there is none. */
    int before(int index) {
        return ofKey(index).filter(other -> other < index).max().orElse(-1);
    }

    /** The record of the key after this one; -1 if there is none. */
    int after(int index) {
        return ofKey(index).filter(other -> other > index).findFirst().orElse(-1);
    }

    /** Whether each TRUNCATE must arrive, and none can be taken for one of another timeline. */
    boolean hasSureTruncates() {
        return records.stream()
                        .noneMatch(record -> record.vanished() && record.unit().isTruncate())
                && simulation.optional.stream().noneMatch(Unit::isTruncate);
    }

    /** Whether it is the only record of a TRUNCATE that must arrive. */
    boolean isSureTruncate(int index) {
        return unit(index).isTruncate() && hasSureTruncates() && isRequired(index) && isOnly(index);
    }

    /**
     * The next or last record before or after a TRUNCATE that shows, in its partition, where the TRUNCATE must be; -1
     * if there is none.
     */
    int beside(int truncate, boolean after) {
        long seq = unit(truncate).change().seq();
        return IntStream.range(0, records.size())
                .filter(other -> after == (other > truncate))
                .filter(other -> isRequired(other) && hasTag(other))
                .filter(other ->
                        records.get(other).partition() == records.get(truncate).partition())
                .filter(other -> after == (unit(other).change().seq() > seq))
                .findFirst()
                .orElse(-1);
    }

    /** Changes what is in a record. */
    void change(int index, Change change) {
        Sent record = records.get(index);
        Unit unit = new Unit(change, record.unit().tombstone(), position(index));
        records.set(
                index,
                new Sent(
                        unit,
                        record.op(),
                        record.vanished(),
                        record.point(),
                        record.marker(),
                        Integer.parseInt(unit.key()) % 3));
    }

    /** What was committed for the key, and what arrives. */
    String describe(String key) {
        String committed = simulation.log.units().stream()
                .filter(unit -> unit.key().equals(key))
                .map(unit -> unit + (simulation.optional.contains(unit) ? " optional" : ""))
                .collect(Collectors.joining("\n"));
        return committed + "\n"
                + simulation.arrivals(records).stream()
                        .filter(arrival -> key.equals(arrival.key()))
                        .map(KeyText::arrived)
                        .collect(Collectors.joining("\n"));
    }

    /** Positions on another timeline mean nothing. */
    private IntStream ofKey(int index) {
        return IntStream.range(0, records.size())
                .filter(other -> !records.get(other).vanished())
                .filter(other -> unit(other).key().equals(unit(index).key()));
    }
}
