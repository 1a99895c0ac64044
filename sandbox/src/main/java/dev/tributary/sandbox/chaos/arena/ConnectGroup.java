// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.arena;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.tributary.sandbox.ConnectRest;
import dev.tributary.sandbox.ConnectRestException;
import dev.tributary.sandbox.ConnectWorker;
import dev.tributary.sandbox.SandboxException;
import dev.tributary.sandbox.Wait;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The workers, and the one connector on them. Requests go to whichever worker answers, and are repeated while a group
 * without a leader, or a rebalance, refuses them.
 */
public final class ConnectGroup {

    public static final String CONNECTOR = "chaos";

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final List<ConnectWorker> workers;
    private final Set<ConnectWorker> silent = ConcurrentHashMap.newKeySet();
    private final Map<String, String> config;

    /** @param config the configuration that the connector begins with */
    ConnectGroup(List<ConnectWorker> workers, Map<String, String> config) {
        this.workers = List.copyOf(workers);
        this.config = new LinkedHashMap<>(config);
    }

    public List<ConnectWorker> workers() {
        return workers;
    }

    /** Says that a worker does not answer for some time, so that nothing is asked of it. */
    public void silent(ConnectWorker worker, boolean isSilent) {
        if (isSilent) {
            silent.add(worker);
        } else {
            silent.remove(worker);
        }
    }

    /** The configuration that the connector has, or gets when it is created. */
    public synchronized Map<String, String> config() {
        return Map.copyOf(config);
    }

    /** Changes options of the connector; null removes one. */
    public void configure(Map<String, @Nullable String> changes) {
        Map<String, String> changed;
        synchronized (this) {
            changes.forEach((option, value) -> {
                if (value == null) {
                    config.remove(option);
                } else {
                    config.put(option, value);
                }
            });
            changed = Map.copyOf(config);
        }
        tell(rest -> rest.createOrUpdate(CONNECTOR, changed));
    }

    public void pause() {
        tell(rest -> rest.pause(CONNECTOR));
    }

    public void resume() {
        tell(rest -> rest.resume(CONNECTOR));
    }

    /** Stops the tasks, and returns when they have ended and the offsets can be changed. */
    public void stop() {
        tell(rest -> rest.stop(CONNECTOR));
        await("the connector STOPPED", () -> state().equals("STOPPED"));
    }

    /**
     * Restarts the connector and its task, by two requests: with one for both, a leader that was once fenced out by
     * another one answers 500 from then on, if exactly-once is enabled.
     */
    public void restart() {
        tell(rest -> rest.restart(CONNECTOR, false));
        tell(rest -> rest.restartTask(CONNECTOR, 0));
    }

    public void delete() {
        tell(rest -> rest.delete(CONNECTOR));
        await("the connector gone", () -> !exists());
    }

    /** The position of the stored offset in the WAL; 0 if there is none. */
    public long storedLsn() {
        JsonNode offsets = ask(rest -> rest.offsets(CONNECTOR));
        long most = 0;
        for (JsonNode offset : offsets.path("offsets")) {
            most = Math.max(most, offset.path("offset").path("lsn").asLong());
        }
        return most;
    }

    /** All stored offsets, to compare with. */
    String storedOffsets() {
        return ask(rest -> rest.offsets(CONNECTOR)).path("offsets").toString();
    }

    /** An entry of the stored offset; empty if there is none. */
    String stored(String entry) {
        return ask(rest -> rest.offsets(CONNECTOR))
                .path("offsets")
                .path(0)
                .path("offset")
                .path(entry)
                .asText("");
    }

    /** Whether an offset is stored that does not belong to an unfinished snapshot. */
    boolean isSnapshotComplete() {
        JsonNode offset =
                ask(rest -> rest.offsets(CONNECTOR)).path("offsets").path(0).path("offset");
        return offset.has("lsn") && !offset.has("snapshot");
    }

    /** Deletes the offsets of the stopped connector. */
    public void resetOffsets() {
        tell(rest -> rest.resetOffsets(CONNECTOR));
    }

    /** The state of the connector, such as RUNNING; empty if it does not exist, or no worker answers. */
    public String state() {
        return status().path("connector").path("state").asText("");
    }

    /** Whether the connector and its task run. */
    public boolean isRunning() {
        JsonNode status = status();
        return status.path("connector").path("state").asText("").equals("RUNNING")
                && status.path("tasks").path(0).path("state").asText("").equals("RUNNING");
    }

    /** Its whole status, for a message. */
    public String describe() {
        return status().toString();
    }

    /** The trace of what has failed, the connector or its task. */
    Optional<String> failure() {
        JsonNode status = status();
        for (JsonNode part :
                List.of(status.path("connector"), status.path("tasks").path(0))) {
            if (part.path("state").asText("").equals("FAILED")) {
                return Optional.of(part.path("trace").asText("no trace"));
            }
        }
        return Optional.empty();
    }

    /** The last status that a worker gives; a missing node if none answers. */
    private JsonNode status() {
        for (ConnectWorker worker : workers) {
            if (isUp(worker)) {
                try {
                    return worker.rest().status(CONNECTOR);
                } catch (ConnectRestException e) {
                    if (e.status() == HttpURLConnection.HTTP_NOT_FOUND) {
                        return MissingNode.getInstance();
                    }
                } catch (SandboxException e) {
                    // The next one may answer.
                }
            }
        }
        return MissingNode.getInstance();
    }

    private boolean exists() {
        return ask(ConnectRest::connectors).toString().contains('"' + CONNECTOR + '"');
    }

    private void tell(Consumer<ConnectRest> request) {
        ask(rest -> {
            request.accept(rest);
            return true;
        });
    }

    private <T> T ask(Function<ConnectRest, T> request) {
        RuntimeException[] last = new RuntimeException[1];
        Optional<T> answer = Wait.until(PATIENCE, () -> tryToAsk(request, last), Optional::isPresent);
        return answer.orElseThrow(() -> new SandboxException(
                "no worker did what was asked within " + PATIENCE.toSeconds() + " s: " + last[0], last[0]));
    }

    private <T> Optional<T> tryToAsk(Function<ConnectRest, T> request, @Nullable RuntimeException[] last) {
        for (ConnectWorker worker : workers) {
            if (isUp(worker)) {
                try {
                    return Optional.of(request.apply(worker.rest()));
                } catch (ConnectRestException e) {
                    last[0] = e;
                    if (e.status() == HttpURLConnection.HTTP_BAD_REQUEST) {
                        throw e;
                    }
                } catch (SandboxException e) {
                    last[0] = e;
                }
            }
        }
        return Optional.empty();
    }

    private boolean isUp(ConnectWorker worker) {
        return worker.isRunning() && !silent.contains(worker);
    }

    private static void await(String what, BooleanSupplier condition) {
        if (!Wait.until(PATIENCE, condition)) {
            throw new SandboxException("not " + what + " after " + PATIENCE.toSeconds() + " s");
        }
    }

    /** The worker that runs the task; empty if the group names none, or it does not answer. */
    public Optional<ConnectWorker> ofTask() {
        JsonNode task = status().path("tasks").path(0);
        if (!task.path("state").asText("").equals("RUNNING")) {
            return Optional.empty();
        }
        String id = task.path("worker_id").asText("");
        return workers.stream()
                .filter(this::isUp)
                .filter(worker -> worker.restUrl().getAuthority().equals(id))
                .findFirst();
    }

    /** Whether the connector or its task is FAILED. */
    public boolean isFailed() {
        return failure().isPresent();
    }

    /**
     * The position of the last commit that the stored offset is sure of; 0 if there is none. Changes that are lost are
     * reported from here, or from a later position.
     */
    public long storedCommit() {
        JsonNode offsets = ask(rest -> rest.offsets(CONNECTOR));
        long least = Long.MAX_VALUE;
        for (JsonNode offset : offsets.path("offsets")) {
            for (String entry : List.of("lsn", "lsn_commit")) {
                JsonNode position = offset.path("offset").path(entry);
                least = position.isNumber() ? Math.min(least, position.asLong()) : least;
            }
        }
        return least == Long.MAX_VALUE ? 0 : least;
    }
}
