// SPDX-License-Identifier: Apache-2.0
// What a person can do. Connect's own REST API is called wherever it has the call. Each action says first what it does
// to the data.

import { badge, h, table } from "./dom.js";
import { time } from "./format.js";

const mayAct = document.body.dataset.actions === "true";
const checked = new Map();
const samples = new Map();
let topicShown = "";
let redraw = () => {};

export function onChange(draw) {
  redraw = draw;
}

function toast(text, tone) {
  const element = document.getElementById("toast");
  element.className = tone;
  element.textContent = text;
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => { element.textContent = ""; }, 8000);
}

export async function request(method, path, body) {
  const answer = await fetch(path, {
    method,
    headers: { Accept: "application/json", ...(method === "GET" ? {} : { "Content-Type": "application/json" }) },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await answer.text();
  let content = {};
  try {
    content = text ? JSON.parse(text) : {};
  } catch {
    content = { message: text };
  }
  if (!answer.ok) throw new Error(content.message || `HTTP ${answer.status}`);
  return content;
}

/** Asks before it acts. */
function confirm(title, effects, label, action) {
  const dialog = document.getElementById("dialog");
  const run = async () => {
    dialog.close();
    try {
      const said = await action();
      toast(typeof said === "string" ? said : "Done", "good");
    } catch (failure) {
      toast(failure.message, "bad");
    }
    redraw();
  };
  dialog.replaceChildren(
    h("h2", { id: "dialog-title" }, title),
    ...effects.map((effect) => h("p", {}, effect)),
    h("div", { class: "buttons" },
      h("button", { type: "button", class: "primary", id: "confirm", on: { click: run } }, label),
      h("button", { type: "button", id: "cancel", on: { click: () => dialog.close() } }, "Cancel")));
  dialog.showModal();
  document.getElementById("cancel").focus();
}

function button(id, label, title, effects, action) {
  return h("button", { type: "button", id, "data-key": id, on: { click: () => confirm(title, effects, label, action) } }, label);
}

const connect = (connector, path) => `../connectors/${encodeURIComponent(connector.name)}${path}`;
const own = (connector, path) => `api/connectors/${encodeURIComponent(connector.name)}${path}`;

const KEEPS_WAL = "Meanwhile the server keeps its WAL for the slot. If that takes too long, the slot is lost, or the disk is full.";

export function buttons(connector, state) {
  const name = connector.name;
  const rests = state === "paused" || connector.state === "STOPPED" || connector.state === "PAUSED";
  return h("div", { class: "buttons", "data-key": `${name}-${state}-${connector.state}` },
    rests
      ? button("resume", "Resume", `Resume ${name}?`, ["It continues where it stopped. Nothing is lost, nothing is sent twice beyond what its delivery guarantee says."],
        () => request("PUT", connect(connector, "/resume")))
      : button("pause", "Pause", `Pause ${name}?`, ["No change is sent until it is resumed. It stays connected, and then continues where it was.", KEEPS_WAL],
        () => request("PUT", connect(connector, "/pause"))),
    connector.state === "STOPPED" ? null : button("restart", "Restart", `Restart ${name}?`, ["Connector and task start anew, and continue after the last offset that is stored. With at-least-once delivery, what was sent after it is sent again."],
      () => request("POST", connect(connector, "/restart?includeTasks=true"))),
    connector.state === "STOPPED"
      ? button("reset", "Reset offsets", `Reset the offsets of ${name}?`,
        ["It forgets its position. When it is resumed, it begins anew: it takes a snapshot of all captured tables, as snapshot.mode says, and sends every row again.",
          "What has changed between the slot's position and the new snapshot is not sent as changes; the rows of the snapshot have it. Deletes of that time are not sent."],
        () => request("DELETE", connect(connector, "/offsets")))
      : button("stop", "Stop", `Stop ${name}?`, ["Its task ends, and its connections to the database are closed. Its offsets stay, and can be reset or changed only while it is stopped.", KEEPS_WAL],
        () => request("PUT", connect(connector, "/stop"))),
    connector.isOurs && connector.facts.connector
      ? h("button", { type: "button", id: "check", "data-key": "check", on: { click: () => check(connector) } }, "Check now") : null,
    logLevel());
}

/** Log levels are those of every worker of the cluster. */
function logLevel() {
  const set = (level) => confirm(`Log at ${level}?`,
    [`All workers of the cluster log what dev.tributary does at the level ${level}, until they are restarted or the level is changed again. No row content is logged.`],
    `Log at ${level}`, () => request("PUT", "../admin/loggers/dev.tributary?scope=cluster", { level }));
  return h("select", { id: "level", "data-key": "level", "aria-label": "Log level", on: { change: (event) => {
    const level = event.target.value;
    event.target.value = "";
    if (level) set(level);
  } } }, h("option", { value: "" }, "Log level…"), ["DEBUG", "INFO", "WARN"].map((level) => h("option", { value: level }, level)));
}

async function check(connector) {
  checked.set(connector.name, { running: true });
  redraw();
  try {
    const { result } = await request("POST", own(connector, "/check"), {});
    checked.set(connector.name, { result, at: Date.now() });
  } catch (failure) {
    checked.set(connector.name, { failure: failure.message, at: Date.now() });
  }
  redraw();
}

export function findings(connector) {
  const found = checked.get(connector.name);
  if (!found) return null;
  const tone = { ERROR: "bad", WARNING: "warn", INFO: "plain" };
  return h("section", { class: "card", id: "findings", "data-key": "findings" },
    h("h3", {}, found.running ? "Checking…" : `Check of ${time(found.at)}`),
    found.failure ? h("p", { class: "notice bad" }, found.failure) : null,
    found.result?.length === 0 ? h("p", {}, "Nothing to report: configuration and database are as they should be.") : null,
    found.result?.map((finding) => h("div", { class: "entry" },
      h("p", {}, badge(finding.severity.toLowerCase(), tone[finding.severity]), " ", h("code", {}, finding.option), ` ${finding.found}. ${finding.consequence}.`),
      h("p", { class: "fix" }, h("strong", {}, "Fix: "), finding.fix))));
}

export function tableActions(connector, name) {
  if (!mayAct || !connector.isOurs) return "";
  const ask = (type) => () => confirm(`Read ${name} again?`,
    [`Every row of ${name} is sent again, as an event of the operation r.`,
      type === "blocking" ? "Changes are not sent until all rows are read." : "It is read in chunks while changes are sent.",
      `The request is taken within signal.poll.interval.ms. Watch the log for its id.`],
    "Read again", async () => `Asked for, signal ${(await request("POST", own(connector, "/snapshot"), { table: name, type })).result}`);
  const stop = () => confirm(`Stop reading ${name}?`, ["An incremental snapshot of this table ends where it is. Rows that were sent stay in the topic."],
    "Stop reading", async () => `Asked for, signal ${(await request("POST", own(connector, "/snapshot/stop"), { table: name })).result}`);
  return h("select", { "data-key": `snapshot-${name}`, "aria-label": `Snapshot of ${name}`, on: { change: (event) => {
    const chosen = event.target.value;
    event.target.value = "";
    if (chosen === "stop") stop();
    else if (chosen) ask(chosen)();
  } } }, h("option", { value: "" }, "Snapshot…"), h("option", { value: "incremental" }, "incremental"),
  h("option", { value: "blocking" }, "blocking"), h("option", { value: "stop" }, "stop it"));
}

export function sampleTopics(connector) {
  const known = connector.facts.samples?.topics ?? [];
  if (known.length === 0) return h("p", { class: "empty" }, "No event since the task started.");
  if (!known.includes(topicShown)) topicShown = known[0] ?? "";
  return h("p", {}, h("select", { "data-key": `topic-${known.join()}-${topicShown}`, "aria-label": "Topic", on: { change: (event) => {
    topicShown = event.target.value;
    load(connector);
  } } }, known.map((topic) => h("option", { value: topic, selected: topic === topicShown }, topic))), " ",
  h("button", { type: "button", "data-key": "load", id: "load-samples", on: { click: () => load(connector) } }, "Show the latest"));
}

async function load(connector) {
  try {
    const { events } = await request("GET", own(connector, `/samples?topic=${encodeURIComponent(topicShown)}`));
    samples.set(connector.name, { topic: topicShown, events });
  } catch (failure) {
    toast(failure.message, "bad");
  }
  redraw();
}

const OPERATIONS = { c: "create", u: "update", d: "delete", r: "read", t: "truncate", m: "message" };

export function sampleOf(connector) {
  const known = samples.get(connector.name);
  if (!known) return null;
  return [table("Latest events", ["Time", "Operation", "Key", "Row"],
    [...known.events].reverse().map((event) => [h("time", {}, time(event.timeMillis)), OPERATIONS[event.operation] ?? event.operation, event.key, event.value]),
    `No event of ${known.topic} since the task started.`),
  known.events.some((event) => String(event.value).includes("•"))
    ? h("p", { class: "empty" }, "Values are hidden unless the operator of the workers sets console.event.values=true.") : null];
}
