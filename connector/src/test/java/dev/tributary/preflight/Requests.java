// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import dev.tributary.postgres.ConnectionTarget;
import dev.tributary.postgres.TableName;
import dev.tributary.preflight.PreflightRequest.PublicationMode;
import dev.tributary.preflight.PreflightRequest.PublicationUse;
import dev.tributary.preflight.PreflightRequest.SlotTrust;
import dev.tributary.preflight.PreflightRequest.SlotUse;
import dev.tributary.preflight.PreflightRequest.SnapshotUse;
import dev.tributary.preflight.PreflightRequest.TableSelection;
import dev.tributary.preflight.PreflightRequest.TopicNaming;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.postgresql.replication.LogSequenceNumber;

/** Requests for tests: the connector's defaults, with methods that change one property each. */
final class Requests {

    private final PreflightRequest request;

    private Requests(PreflightRequest request) {
        this.request = request;
    }

    /** Captures everything, with a filtered publication {@code pub} and a slot named {@code slot_<database>}. */
    static Requests on(ConnectionTarget target) {
        return new Requests(new PreflightRequest(
                target,
                new SlotUse("slot_" + target.database(), true, false, null, SlotTrust.MARKED),
                new PublicationUse("pub", PublicationMode.FILTERED, false),
                new TableSelection(table -> true, List.of(), List.of(), table -> false, false, false),
                new TopicNaming("shop", "."),
                new SnapshotUse(true, false, false),
                false));
    }

    Requests onlySnapshot() {
        return new Requests(new PreflightRequest(
                request.target(),
                request.slot(),
                request.publication(),
                request.tables(),
                request.topics(),
                new SnapshotUse(true, false, true),
                request.readOnly()));
    }

    List<Finding> run() {
        return Preflight.run(request);
    }

    PreflightRequest request() {
        return request;
    }

    Requests capturing(String... patterns) {
        Predicate<TableName> captured = table -> List.of(patterns).stream()
                .anyMatch(pattern -> Pattern.compile(pattern, Pattern.CASE_INSENSITIVE)
                        .matcher(table.toString())
                        .matches());
        return with(new TableSelection(
                captured, List.of(patterns), List.of(), request.tables().keyed(), false, false));
    }

    Requests with(TableSelection tables) {
        return new Requests(new PreflightRequest(
                request.target(),
                request.slot(),
                request.publication(),
                tables,
                request.topics(),
                request.snapshot(),
                request.readOnly()));
    }

    Requests needingOldRow() {
        var tables = request.tables();
        return with(new TableSelection(
                tables.captured(), tables.tablePatterns(), tables.schemaPatterns(), tables.keyed(), true, false));
    }

    Requests with(SlotUse slot) {
        return new Requests(new PreflightRequest(
                request.target(),
                slot,
                request.publication(),
                request.tables(),
                request.topics(),
                request.snapshot(),
                request.readOnly()));
    }

    Requests slot(String name) {
        return with(new SlotUse(name, true, false, null, SlotTrust.MARKED));
    }

    Requests stored(String position) {
        var slot = request.slot();
        return with(new SlotUse(
                slot.name(), slot.creates(), slot.running(), LogSequenceNumber.valueOf(position), slot.trust()));
    }

    Requests publication(PublicationMode mode) {
        return new Requests(new PreflightRequest(
                request.target(),
                request.slot(),
                new PublicationUse("pub", mode, false),
                request.tables(),
                request.topics(),
                request.snapshot(),
                request.readOnly()));
    }

    Requests snapshot(boolean readsData, boolean repeats) {
        return new Requests(new PreflightRequest(
                request.target(),
                request.slot(),
                request.publication(),
                request.tables(),
                request.topics(),
                new SnapshotUse(readsData, repeats, false),
                request.readOnly()));
    }

    Requests topicPrefix(String prefix) {
        return new Requests(new PreflightRequest(
                request.target(),
                request.slot(),
                request.publication(),
                request.tables(),
                new TopicNaming(prefix, "."),
                request.snapshot(),
                request.readOnly()));
    }

    Requests readOnly() {
        return new Requests(new PreflightRequest(
                request.target(),
                request.slot(),
                request.publication(),
                request.tables(),
                request.topics(),
                request.snapshot(),
                true));
    }
}
