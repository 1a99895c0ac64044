// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.contest;

import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A benchmark in rounds. In each round all contestants do the same work, one after the other, while the others are
 * stopped. The order rotates by one from round to round.
 *
 * @param <W> the work of a round
 * @param <M> what is measured of a turn
 */
public final class Contest<W, M> implements AutoCloseable {

    private final RoundsPlan plan;
    private final PrintStream out;
    private final Function<M, String> line;
    private final List<Entrant> entrants = new ArrayList<>();
    private final List<Turn<W, M>> turns = new ArrayList<>();

    /**
     * @param out where progress is printed
     * @param line what is printed about a turn
     */
    public Contest(RoundsPlan plan, PrintStream out, Function<M, String> line) {
        this.plan = plan;
        this.out = out;
        this.line = line;
    }

    /** Starts a contestant. */
    @FunctionalInterface
    public interface Start<T> {
        T start() throws IOException, SQLException;
    }

    /** Prepares the work of a round, or of the warm-up. */
    @FunctionalInterface
    public interface Preparation<W> {
        W prepare(long rows) throws SQLException;
    }

    /** The ids of all contestants: the bare client and the connectors. */
    public static List<String> ids(Entrant client, List<Contestant> connectors) {
        return Stream.concat(Stream.of(client.id()), connectors.stream().map(Contestant::id))
                .toList();
    }

    /** Starts a contestant if the plan includes it. Closing the contest closes the contestant. */
    public <T extends Turn<W, M>> Optional<T> enter(Entrant entrant, Start<T> contestant)
            throws IOException, SQLException {
        if (!plan.contestants().includes(entrant.id())) {
            return Optional.empty();
        }
        entrants.add(entrant);
        T turn = contestant.start();
        turns.add(turn);
        return Optional.of(turn);
    }

    /** The contestants that take part, in the order they entered. */
    public List<Entrant> entrants() {
        return List.copyOf(entrants);
    }

    /** Runs the warm-up and all rounds. Returns the measurements of the rounds, in the order of the turns. */
    public List<M> run(Preparation<W> preparation) throws IOException, SQLException {
        List<Turn<W, M>> order = new ArrayList<>(turns);
        if (plan.warmUp() > 0) {
            round(0, plan.warmUp(), preparation, order);
        }
        List<M> measurements = new ArrayList<>();
        for (int round = 1; round <= plan.rounds(); round++) {
            measurements.addAll(round(round, plan.rows(), preparation, order));
            Collections.rotate(order, -1);
        }
        return measurements;
    }

    private List<M> round(int round, long rows, Preparation<W> preparation, List<Turn<W, M>> order)
            throws IOException, SQLException {
        W work = preparation.prepare(rows);
        out.println((round == 0 ? "Warm-up" : "Round " + round + " of " + plan.rounds()) + ": " + rows + " rows");
        List<M> measurements = new ArrayList<>();
        for (Turn<W, M> turn : order) {
            M measured = turn.take(work, round);
            out.println(line.apply(measured));
            measurements.add(measured);
        }
        return measurements;
    }

    @Override
    public void close() throws IOException {
        for (Turn<W, M> turn : turns) {
            turn.close();
        }
    }
}
