// SPDX-License-Identifier: Apache-2.0
// All connectors.

import { badge, h, table } from "./dom.js";
import { bytes, count, duration, isKnown, percent } from "./format.js";

/** The state of a connector in a word, with its tone: what its task does says more than what Connect says of it. */
export function state(connector) {
  const task = connector.tasks[0];
  const facts = connector.facts;
  if (facts.guard?.level === "LOST") return ["slot lost", "bad"];
  if (connector.state === "FAILED" || task?.state === "FAILED") return ["failed", "bad"];
  if (connector.state === "PAUSED" || task?.state === "PAUSED") return ["paused", "warn"];
  if (connector.state === "STOPPED") return ["stopped", "warn"];
  if (connector.state !== "RUNNING" || !task || task.state !== "RUNNING") {
    return [(task?.state ?? connector.state).toLowerCase(), "warn"];
  }
  if (facts.task?.state === "WAITING") return ["waiting", "warn"];
  if (facts.snapshot) return ["snapshot", "busy"];
  return ["running", "good"];
}

/** Lag in time: of ours, the age of the oldest change that is not stored; of Debezium's, how late the last event was. */
export function lagSeconds(facts) {
  const own = facts.events?.lagMillis ?? facts.guard?.lagMillis;
  if (own !== undefined) return own / 1000;
  const millis = facts.streaming?.milliSecondsBehindSource;
  return isKnown(millis) ? millis / 1000 : undefined;
}

function slot(facts) {
  const guard = facts.guard;
  if (!guard) return "–";
  const tone = { OK: "good", WARNING: "warn", CRITICAL: "bad", LOST: "bad", UNKNOWN: "warn" }[guard.level];
  const text = guard.level === "LOST" ? "lost"
    : isKnown(guard.secondsUntilLost) ? `${guard.limitBytes < 0 ? "too much WAL" : "lost"} in ${duration(guard.secondsUntilLost)}` : guard.level.toLowerCase();
  return badge(text, tone);
}

export function problems(view) {
  return view.workers.filter((worker) => worker.problem).map((worker) =>
    h("p", { class: "notice warn" }, h("strong", {}, `Worker ${worker.id} does not answer: `), `${worker.problem}. What it knows of its tasks is missing here.`));
}

export function overview(view) {
  const rows = view.connectors.map((connector) => {
    const facts = connector.facts;
    const [text, tone] = state(connector);
    return [
      h("a", { href: `#/${encodeURIComponent(connector.name)}` }, connector.name),
      [badge(text, tone), connector.isOurs ? null : badge("Debezium", "plain")],
      count(facts.eventsPerSecond),
      duration(lagSeconds(facts)),
      bytes(facts.guard?.retainedBytes),
      slot(facts),
      facts.snapshot ? percent(facts.snapshot.percent) : "–",
      connector.tasks[0]?.worker ?? connector.worker ?? "–",
    ];
  });
  const number = (text) => ({ text, number: true });
  return [
    problems(view),
    h("div", { class: "title" }, h("h2", {}, "Postgres connectors"), h("a", { href: "#plan" }, "Plan a connector")),
    table("Connectors",
      ["Name", "State", number("Events/s"), number("Behind"), number("WAL kept"), "Slot", number("Snapshot"), "Worker"],
      rows, "This cluster has no Postgres connector yet. Create one with Connect's REST API: POST /connectors."),
  ];
}
