// SPDX-License-Identifier: Apache-2.0
// One connector, in full.

import { badge, fact, h, table } from "./dom.js";
import { ago, bytes, count, duration, isKnown, percent, time } from "./format.js";
import { lagSeconds, problems, state } from "./overview.js";
import { buttons, findings, sampleOf, sampleTopics, tableActions } from "./actions.js";

const number = (text) => ({ text, number: true });

/** Text with its fix on a line of its own, as the checks word it. */
export function explained(text) {
  const at = text.indexOf(" Fix: ");
  return at < 0 ? [h("p", {}, text)]
    : [h("p", {}, text.slice(0, at)), h("p", { class: "fix" }, h("strong", {}, "Fix: "), text.slice(at + 6))];
}

/** What a trace of Connect says first: the message without the exception's name. */
function cause(trace) {
  return trace.split("\n\tat ")[0].replace(/^(\w+\.)+\w+(Exception|Error): /, "");
}

function trouble(connector) {
  const facts = connector.facts;
  const all = [];
  for (const task of [connector, ...connector.tasks]) {
    if (task.state === "FAILED" && task.trace) {
      all.push(h("section", { class: "notice bad" }, h("h3", {}, "Failed"), explained(cause(task.trace)),
        h("details", {}, h("summary", {}, "Trace"), h("pre", {}, task.trace))));
    }
  }
  if (facts.task?.state === "WAITING") {
    all.push(h("section", { class: "notice warn" }, h("h3", {}, `Waiting for ${facts.task.waitingFor}`),
      explained(facts.task.lastFailure), h("p", {}, `Attempts in a row that failed: ${facts.task.failuresInARow}.`)));
  }
  // Of a slot that is lost, the failed task says more.
  if (facts.guard?.message && facts.guard.level !== "OK" && !(facts.guard.level === "LOST" && all.length > 0)) {
    all.push(h("section", { class: `notice ${{ LOST: "bad", CRITICAL: "bad", WARNING: "warn" }[facts.guard.level] ?? "plain"}` },
      h("h3", {}, `Slot: ${facts.guard.level.toLowerCase()}`), explained(facts.guard.message)));
  }
  return all;
}

/** The bound of the histogram's bucket that a share of the events is within, since the task started. */
function within(events, share) {
  const counts = events?.commitToKafkaCounts ?? [];
  const total = counts.at(-1) ?? 0;
  if (total === 0) return "–";
  const bound = events.commitToKafkaBounds[counts.findIndex((cumulative) => cumulative >= total * share)];
  return bound === undefined ? `> ${duration(events.commitToKafkaBounds.at(-1))}` : `≤ ${duration(bound)}`;
}

/** Whether the guard has seen the slot: without a guard, or when its looks fail, nothing is known of it. */
function isSeen(guard) {
  return guard.level !== undefined && guard.level !== "UNKNOWN";
}

function numbers(connector) {
  const facts = connector.facts;
  const guard = facts.guard ?? {};
  const queue = facts.streaming ?? {};
  return h("dl", { class: "facts", "data-key": "numbers" },
    fact("Events/s", count(facts.eventsPerSecond)),
    fact("Behind", duration(lagSeconds(facts)), bytes(facts.events?.lagBytes ?? guard.lagBytes)),
    fact("WAL kept", bytes(guard.retainedBytes), !isSeen(guard) ? "not known" : guard.limitBytes >= 0 ? `of ${bytes(guard.limitBytes)}` : "no limit on the server"),
    // Without a limit on the server, the forecast is for the limit of wal.guard.unlimited.max.bytes.
    fact(guard.limitBytes < 0 && isSeen(guard) ? "Too much WAL in" : "Slot lost in", guard.level === "LOST" ? "lost" : isKnown(guard.secondsUntilLost) ? duration(guard.secondsUntilLost) : isSeen(guard) ? "not in sight" : "–",
      guard.walStatus ? `wal_status ${guard.walStatus}` : "", guard.level === "CRITICAL" || guard.level === "LOST" ? "bad" : ""),
    fact("Commit to Kafka", within(facts.events, 0.5), `99 %: ${within(facts.events, 0.99)}`),
    fact("Queue", bytes(queue.currentQueueSizeInBytes), queue.maxQueueSizeInBytes > 0 ? `of ${bytes(queue.maxQueueSizeInBytes)}` : ""));
}

function snapshot(facts) {
  const progress = facts.snapshot;
  if (!progress) return null;
  return h("section", { id: "snapshot", "data-key": "snapshot" },
    h("h3", {}, "Snapshot"),
    progress.waitingFor ? h("p", { class: "notice warn" }, `Waits for ${progress.waitingFor}`) : null,
    h("div", { class: "bar" }, h("progress", { max: "100", value: String(Math.floor(progress.percent)), "aria-label": "Snapshot" }),
      h("span", {}, `${percent(progress.percent)}, ${count(progress.rows)} of about ${count(progress.estimatedRows)} rows, `
        + `${count(progress.rowsPerSecond)}/s, ${isKnown(progress.secondsLeft) ? `${duration(progress.secondsLeft)} left` : "time left not known yet"}`)),
    progress.keptWaiting.length ? h("div", { class: "notice warn" }, h("h4", {}, "Waiting behind a lock of the snapshot"),
      h("ul", {}, progress.keptWaiting.map((session) => h("li", {}, session)))) : null,
    table("Snapshot by table", ["Table", number("Done"), number("Rows"), number("About")],
      // The view of all connectors has no tables.
      (progress.tables ?? []).map((one) => [one.table, percent(one.percent), count(one.rows), count(one.estimatedRows)]), "No table yet."));
}

function slotFacts(guard) {
  if (!guard) return null;
  return h("details", { class: "card", open: true, "data-key": "slot" }, h("summary", {}, "Slot and WAL"), h("dl", { class: "facts small" },
    fact("Growth", isKnown(guard.growthBytesPerSecond) ? `${bytes(guard.growthBytesPerSecond)}/s` : "shrinking"),
    fact("Server writes", `${bytes(guard.writtenBytesPerSecond)}/s`),
    fact("Left before the limit", bytes(guard.safeWalBytes)),
    fact("Read by a process", guard.active ? "yes" : "no", "", guard.active ? "" : "warn"),
    fact("Kept by an old transaction", guard.pinnedBy || "none", "", guard.pinnedBy ? "warn" : ""),
    fact("Free connections", count(guard.freeConnections)),
    fact("Transactions spilled to disk", count(guard.spilledTransactions), bytes(guard.spilledBytes))));
}

function captured(connector, now) {
  const tables = connector.facts.events?.tables;
  if (!tables) {
    const seen = connector.facts.streaming;
    return seen ? h("p", {}, `Events seen since the task started: ${count(seen.totalNumberOfEventsSeen)}.`) : null;
  }
  return table("Tables",
    ["Table", "Topic", "Key", number("Read"), number("Created"), number("Updated"), number("Deleted"), "Last change", ""],
    tables.map((one) => [one.table, one.topic, [one.keyColumns ?? []].flat().join(", ") || "none", count(one.reads), count(one.creates), count(one.updates),
      count(one.deletes), ago(one.lastEventMillis, now), tableActions(connector, one.table)]),
    "No event yet.");
}

function journal(entries) {
  return table("Journal", ["Time", "What"],
    [...entries].reverse().map((entry) => [h("time", {}, time(entry.timeMillis)),
      h("div", { class: `entry ${entry.severity.toLowerCase()}` }, explained(entry.text))]),
    "Nothing has happened yet.");
}

function options(all) {
  const rows = (list) => table("Options", ["Option", "Value", "Default"],
    list.map((option) => [h("code", {}, option.name), h("code", {}, option.value), h("code", {}, option.default)]), "None.");
  return [rows(all.filter((option) => option.changed)),
    h("details", {}, h("summary", {}, `All ${all.length} options`), rows(all))];
}

export function page(view, name) {
  const connector = view.connectors.find((one) => one.name === name);
  if (!connector) {
    return [h("h2", {}, name), h("p", { class: "notice warn" }, "This cluster has no Postgres connector of this name. It may have been deleted."),
      h("p", {}, h("a", { href: "#/" }, "All connectors"))];
  }
  const facts = connector.facts;
  const [text, tone] = state(connector);
  const version = facts.connector?.version ?? (connector.isOurs ? view.version : undefined);
  return [
    problems(view),
    h("div", { class: "title" }, h("h2", {}, connector.name), badge(text, tone), connector.isOurs ? null : badge("Debezium", "plain")),
    buttons(connector, text),
    trouble(connector),
    numbers(connector),
    snapshot(facts),
    facts.history?.seconds.length > 1 ? h("section", { class: "charts", "data-key": connector.name },
      ["rate", "lag", "retained"].map((chart) => h("figure", {},
        h("figcaption", {}, { rate: "Events per second", lag: "Behind the database", retained: "WAL kept for the slot" }[chart]),
        h("div", { class: "chart", id: `chart-${chart}`, "data-key": `${connector.name}-${chart}` })))) : null,
    facts.task?.warnings?.length ? h("details", { class: "notice warn", open: true, "data-key": "warnings" }, h("summary", {}, `Warnings: ${facts.task.warnings.length}`),
      facts.task.warnings.map((warning) => h("div", { class: "entry" }, explained(warning)))) : null,
    slotFacts(facts.guard),
    h("details", { class: "card", open: true, "data-key": "captured" }, h("summary", {}, "Captured"), captured(connector, view.timeMillis)),
    connector.isOurs ? h("details", { class: "card", id: "samples", "data-key": "samples" }, h("summary", {}, "Latest events"), sampleTopics(connector), sampleOf(connector)) : null,
    findings(connector),
    facts.journal ? h("details", { class: "card", open: true, "data-key": "journal" }, h("summary", {}, "What happened"), journal(facts.journal.entries)) : null,
    facts.connector ? h("details", { class: "card", "data-key": "configuration" }, h("summary", {}, "Configuration"), options(facts.connector.options)) : null,
    h("p", { class: "versions" }, `${connector.class}${version ? `, version ${version}` : ""}, topic.prefix ${connector.server}, on worker ${connector.tasks[0]?.worker ?? connector.worker ?? "–"}`),
  ];
}
