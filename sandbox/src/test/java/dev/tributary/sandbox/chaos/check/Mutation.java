// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.check;

import dev.tributary.sandbox.chaos.check.SimulatedLog.Unit;
import dev.tributary.sandbox.chaos.check.Simulation.Sent;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * A mistake of a connector. It is only made where it breaks a promise, whatever else happened: for example, a record
 * that another restart sends again may be missing the first time.
 */
interface Mutation {

    /** Whether it can be made with a record of this. */
    boolean takes(Unit unit);

    /** Whether it breaks a promise at this record. */
    boolean matters(Story story, int index);

    void apply(Story story, int index);

    /**
     * Makes the mistake at a random place.
     *
     * @return the record that was changed; empty if it would matter nowhere
     */
    default Optional<Sent> make(Story story) {
        int count = story.records.size();
        int from = story.simulation.random.nextInt(count + 1);
        OptionalInt place = IntStream.range(0, count)
                .map(step -> (from + step) % count)
                .filter(index -> takes(story.unit(index)) && matters(story, index))
                .findFirst();
        if (place.isEmpty()) {
            return Optional.empty();
        }
        Sent record = story.records.get(place.getAsInt());
        apply(story, place.getAsInt());
        return Optional.of(record);
    }
}
