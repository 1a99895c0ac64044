// SPDX-License-Identifier: Apache-2.0
// What the first start of a connector would do, for a configuration that a person pastes.

import { badge, fact, h, table } from "./dom.js";
import { bytes, count, duration } from "./format.js";
import { explained } from "./connector.js";
import { request } from "./actions.js";

const number = (text) => ({ text, number: true });
const EXAMPLE = `{
  "connector.class": "dev.tributary.PostgresSourceConnector",
  "database.hostname": "…",
  "database.dbname": "…"
}`;

let made = {};
let redraw = () => {};

export function onPlan(draw) {
  redraw = draw;
}

const OURS = "dev.tributary.PostgresSourceConnector";
const DEBEZIUMS = "io.debezium.connector.postgresql.PostgresConnector";

/** What the class says: a configuration of Debezium's connector is planned as it would be after the switch. */
function ofClass(type) {
  if (type === undefined || type === OURS) return [];
  return type === DEBEZIUMS ? [{ severity: "info", message: `connector.class: is Debezium's; this is the plan once it is ${OURS}` }]
    : [{ severity: "error", message: `connector.class: is ${type}. Fix: set it to ${OURS}` }];
}

/** What Connect says of a configuration: its own findings, and those errors of the connector that keep it from starting. */
async function validated(config, name) {
  const answer = await request("PUT", `../connector-plugins/${OURS}/config/validate`, { name: name ?? "plan", ...config, "connector.class": OURS });
  return answer.configs.flatMap(({ value }) => value.errors.map((error) =>
    ({ severity: "error", message: error.startsWith(`${value.name}: `) ? error : `${value.name}: ${error}` })));
}

async function plan() {
  made = { running: true };
  redraw();
  try {
    const text = document.getElementById("configuration").value;
    if (!text.trim()) throw new Error("Paste a configuration first.");
    const pasted = JSON.parse(text);
    const config = pasted.config ?? pasted;
    const [found, answer] = await Promise.all([validated(config, pasted.name),
      request("POST", `api/plan?probe=${document.getElementById("probe").checked}`, pasted)]);
    const about = ofClass(config["connector.class"]);
    const errors = [...about.filter((finding) => finding.severity === "error"), ...found];
    const others = [...about, ...answer.findings].filter((finding) => finding.severity !== "error");
    made = { findings: [...errors, ...others], canStart: errors.length === 0, plan: answer.plan };
  } catch (failure) {
    // A message of the parser can contain a part of what was pasted.
    made = { failure: failure instanceof SyntaxError ? "This is not JSON." : failure.message };
  }
  redraw();
}

const TONES = { error: "bad", warning: "warn", info: "plain" };

function findings() {
  return h("section", { class: "card", id: "plan-findings" },
    h("h3", {}, made.canStart ? "The connector can start" : "The connector cannot start"),
    made.findings.map((finding) => h("div", { class: "entry" }, badge(finding.severity, TONES[finding.severity]), explained(finding.message))));
}

const rows = (one) => (one.estimatedRows === null ? "never analyzed" : count(one.estimatedRows));

function tables(plan) {
  const all = plan.tables.flatMap((one) => [
    [one.name, rows(one), bytes(one.bytes), one.inSnapshot ? "yes" : "no"],
    ...one.partitions.map((partition) => [`· ${partition.name}`, rows(partition), bytes(partition.bytes), ""])]);
  return table("Tables of the plan", ["Table", number("About rows"), number("Size"), "In the snapshot"], all, "No table.");
}

function topics(plan) {
  return [table("Topics of the plan", ["Topic", "For", number("Partitions"), number("Replicas"), "Cleanup", number("Retention")],
    plan.topics.map((topic) => [topic.name, topic.content, ...(topic.createdByConnect
      ? [topic.partitions, topic.replicationFactor, topic.cleanupPolicy, topic.retentionMs] : [null, null, null, null]).map((value) => value ?? "broker's")]), "No topic."),
  plan.mayRenameTopics.length ? h("p", {}, `These may change the names: ${plan.mayRenameTopics.join(", ")}.`) : null,
  plan.noSchemasBecause ? h("p", { class: "notice warn" }, `No schemas: ${plan.noSchemasBecause}.`) : null,
  plan.topics.filter((topic) => topic.schemas).map((topic) => h("details", { "data-key": `schema-${topic.name}` },
    h("summary", {}, `Schemas of ${topic.name}, before transforms`), fields("Key", topic.schemas.key),
    fields("Row", topic.schemas.value.fields.find((field) => field.field === "after"))))];
}

function fields(title, schema) {
  return table(title, [title, "Type", "Optional"], (schema?.fields ?? []).map((field) => [h("code", {}, field.field),
    field.name ? `${field.type}, ${field.name}${field.parameters?.scale ? ` (scale ${field.parameters.scale})` : ""}` : field.type, field.optional ? "yes" : "no"]),
  `${title}: none.`);
}

function sql(statements) {
  return statements.length ? h("pre", {}, statements.map((statement) => `${statement};`).join("\n")) : null;
}

const STATES = { exists: "exists", will_be_created: "will be created", will_be_changed: "exists, and tables are added", missing: "does not exist", not_needed: "is not needed" };

function snapshot(plan) {
  const { snapshot: { estimate, tables: read, bytes: size, connections, noEstimateBecause }, memory } = plan;
  const wal = estimate?.wal;
  return h("dl", { class: "facts" },
    fact("Snapshot reads", count(read), `tables, ${bytes(size)}`),
    fact("It takes about", estimate ? duration(estimate.seconds) : "–", estimate ? `at ${bytes(estimate.bytesPerSecond)}/s, with ${connections} connections; Kafka can be slower` : noEstimateBecause),
    fact("WAL kept meanwhile", wal ? bytes(wal.retainedBytes) : "–", wal?.maxSlotWalKeepSize != null ? `of ${bytes(wal.maxSlotWalKeepSize)}` : "no limit on the server", wal?.exceedsLimit ? "bad" : ""),
    fact("Waiting events", memory.queueLimitBytes === null ? `1/${Math.round(1 / memory.queueHeapShare)} of the heap` : bytes(memory.queueLimitBytes), "at most"),
    fact("Slot", plan.slot.name, STATES[plan.slot.state]),
    fact("Publication", plan.publication.name, STATES[plan.publication.state]));
}

/** @param view the cluster: a connector that exists does not start anew */
export function planner(view) {
  return [
    h("h2", {}, "Plan a connector"),
    h("p", {}, "Paste a configuration. It is checked as before a start, and you see what the first start would do. Nothing is changed, and no connector is created. "
      + "Passwords go to this worker only, and are not stored; placeholders of its configuration providers work."),
    h("label", { class: "area" }, "Configuration, JSON",
      h("textarea", { id: "configuration", "data-key": "configuration", rows: "12", spellcheck: "false", autocomplete: "off", placeholder: EXAMPLE })),
    h("div", { class: "buttons" },
      h("button", { type: "button", class: "primary", id: "make-plan", "data-key": `make-plan-${made.running}`, disabled: made.running === true, on: { click: plan } }, made.running ? "Planning…" : "Make the plan"),
      h("label", {}, h("input", { type: "checkbox", id: "probe", "data-key": "probe", checked: true }), " read from the largest table for two seconds, for the time of the snapshot")),
    made.failure ? h("p", { class: "notice bad", id: "plan-failure" }, made.failure) : null,
    made.findings ? findings() : null,
    made.plan ? h("section", { id: "plan" },
      snapshot(made.plan), h("h3", {}, "Tables"), tables(made.plan), h("h3", {}, "Topics"), topics(made.plan),
      made.plan.publication.sql.length || made.plan.replicaIdentitySql.length ? [h("h3", {}, "SQL that the connector runs"), sql([...made.plan.publication.sql, ...made.plan.replicaIdentitySql])] : null) : null,
    view.connectors.length ? h("p", { class: "empty" }, "A connector that exists continues from its offset: see Check now on its page.") : null,
  ];
}
