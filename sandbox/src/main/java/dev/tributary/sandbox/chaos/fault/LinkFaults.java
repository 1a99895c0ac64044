// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.fault;

import static dev.tributary.sandbox.chaos.fault.Durations.between;
import static dev.tributary.sandbox.chaos.fault.ProcessFaults.pick;

import dev.tributary.sandbox.chaos.arena.Arena;
import dev.tributary.sandbox.chaos.fault.Fault.Active;
import dev.tributary.sandbox.chaos.fault.Fault.Part;
import dev.tributary.sandbox.link.Direction;
import dev.tributary.sandbox.link.Link;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;

/** Links that are cut, lose everything one way or both ways, or become slow. */
final class LinkFaults {

    private static final String FAMILY = "link";

    /** Where a link can break, and what that touches. */
    private enum Place {
        DATABASE(
                "connector to Postgres",
                Set.of(Part.SLOT),
                arena -> List.of(arena.postgres().connectorLink())),
        CLIENTS(
                "worker to a broker",
                Set.of(Part.BROKERS),
                arena -> arena.kafka().clientLinks()),
        /** No worker starts, and none does what it is asked, until it has a broker. */
        ALL_CLIENTS(
                "worker to every broker",
                Set.of(Part.BROKERS, Part.WORKERS, Part.CONNECTOR),
                arena -> arena.kafka().clientLinks()),
        PEERS("broker to broker", Set.of(Part.BROKERS), arena -> arena.kafka().peerLinks()),
        CONTROLLERS(
                "broker to controller",
                Set.of(Part.BROKERS),
                arena -> arena.kafka().controllerLinks()),
        /** Commits wait for the synchronous one, and with them what changes tables and roles. */
        STANDBYS(
                "standby to primary",
                Set.of(Part.STANDBYS, Part.SLOT, Part.SCHEMA),
                arena -> arena.postgres().replicationLinks());

        private final String title;

        @SuppressWarnings("ImmutableEnumChecker") // they come from Set.of
        private final Set<Part> touches;

        @SuppressWarnings("ImmutableEnumChecker") // they read only
        private final Function<Arena, List<Link>> links;

        Place(String title, Set<Part> touches, Function<Arena, List<Link>> links) {
            this.title = title;
            this.touches = touches;
            this.links = links;
        }

        /** Whether a worker that is cut off may lose its task, and send later what it has. */
        boolean isOfWorkers() {
            return this == CLIENTS || this == ALL_CLIENTS;
        }

        /** One of its links, or all of them. */
        List<Link> some(Arena arena, SplittableRandom random) {
            List<Link> all = links.apply(arena);
            return this == ALL_CLIENTS ? all : List.of(pick(all, random));
        }
    }

    /** How a link breaks. */
    private interface Break {
        void on(Link link, SplittableRandom random);
    }

    private LinkFaults() {}

    static List<Fault> all() {
        List<Fault> faults = new ArrayList<>();
        for (Place place : Place.values()) {
            faults.add(fault(place, "cut", (link, random) -> link.cut()));
            faults.add(fault(place, "partitioned", (link, random) -> link.hold(Direction.values())));
            faults.add(fault(
                    place,
                    "partitioned one way",
                    (link, random) -> link.hold(random.nextBoolean() ? Direction.TO_SERVER : Direction.TO_CLIENT)));
            faults.add(fault(place, "slow", (link, random) -> link.delay(Duration.ofMillis(random.nextInt(50, 800)))));
            faults.add(fault(place, "narrow", (link, random) -> link.throttle(random.nextLong(20_000, 400_000))));
            faults.add(fault(
                    place,
                    "half closed",
                    (link, random) ->
                            link.halfClose(random.nextBoolean() ? Direction.TO_SERVER : Direction.TO_CLIENT)));
        }
        return faults;
    }

    private static Fault fault(Place place, String how, Break breaks) {
        Fault fault = Fault.of(FAMILY, "link " + place.title + " " + how, place.touches, (arena, random) -> {
            List<Link> links = place.some(arena, random);
            boolean isUsed = links.stream().anyMatch(link -> link.connections() > 0);
            Partial.orUndo(
                    () -> {
                        links.forEach(link -> breaks.on(link, random));
                        return links;
                    },
                    () -> links.forEach(Link::heal));
            boolean isLong = random.nextInt(8) == 0;
            return new Active(
                            links.size() == 1 ? links.get(0).name() : links.size() + " links",
                            isLong ? between(random, 45, 75) : between(random, 2, 20),
                            () -> links.forEach(Link::heal))
                    .seenBy(() -> isUsed);
        });
        return place.isOfWorkers() ? fault.leavingZombies() : fault;
    }
}
