// SPDX-License-Identifier: Apache-2.0
// The page: the path after # says what is shown, and server-sent events keep it up to date.

import { forget, chart } from "./charts.js";
import { h, show } from "./dom.js";
import { bytes, count, duration } from "./format.js";
import { overview } from "./overview.js";
import { page } from "./connector.js";
import { onChange } from "./actions.js";
import { onPlan, planner } from "./planner.js";

const main = document.getElementById("main");
const live = document.getElementById("live");
const PLAN = "#plan";
let view;
let source;
let poll;

function name() {
  const path = location.hash.replace(/^#\/?/, "");
  if (!path || location.hash === PLAN) return undefined;
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function draw() {
  if (!view) return;
  if (location.hash === PLAN) {
    show(document.getElementById("path"), [h("span", { "aria-hidden": "true" }, "/ "), "plan"]);
    document.title = "Plan · Tributary";
    show(main, planner(view));
    return;
  }
  const shown = name();
  show(document.getElementById("path"), shown ? [h("span", { "aria-hidden": "true" }, "/ "), shown] : []);
  document.title = shown ? `${shown} · Tributary` : "Tributary";
  if (!shown) {
    forget();
    show(main, overview(view));
    return;
  }
  show(main, page(view, shown));
  const history = view.connectors.find((connector) => connector.name === shown)?.facts.history;
  const charts = { rate: ["eventsPerSecond", (v) => count(v)], lag: ["lagMillis", (v) => duration(v / 1000)], retained: ["retainedBytes", bytes] };
  for (const [id, [series, format]] of Object.entries(charts)) {
    const element = document.getElementById(`chart-${id}`);
    if (element && history) chart(element, id, history, series, format);
  }
}

function receive(data) {
  view = JSON.parse(data);
  live.textContent = `Live, ${new Date(view.timeMillis).toLocaleTimeString("sv-SE")}`;
  live.className = "good";
  draw();
}

async function ask() {
  try {
    const shown = name();
    const answer = await fetch("api/connectors", { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
    const all = await answer.json();
    if (shown) {
      const one = await fetch(`api/connectors/${encodeURIComponent(shown)}`);
      if (one.ok) {
        const full = await one.json();
        all.connectors = all.connectors.map((connector) => (connector.name === shown ? full : connector));
      }
    }
    receive(JSON.stringify(all));
  } catch (failure) {
    live.textContent = `This worker does not answer: ${failure.message}`;
    live.className = "bad";
  }
}

function follow() {
  source?.close();
  clearInterval(poll);
  poll = undefined;
  const shown = name();
  // Whoever looks for the first time sees something at once, also if a proxy keeps the stream back.
  ask();
  source = new EventSource(`api/events${shown ? `?connector=${encodeURIComponent(shown)}` : ""}`);
  source.onmessage = (event) => {
    clearInterval(poll);
    poll = undefined;
    receive(event.data);
  };
  const fallBack = () => {
    // A stream that was refused, as by a worker that starts, is not opened again by itself.
    if (!poll) poll = setInterval(() => (source.readyState === EventSource.CLOSED ? follow() : ask()), 3000);
  };
  source.onerror = () => {
    fallBack();
    if (source.readyState === EventSource.CLOSED) ask();
  };
  source.addEventListener("busy", () => {
    fallBack();
    ask();
  });
}

onChange(draw);
onPlan(draw);
window.addEventListener("hashchange", () => {
  forget();
  main.replaceChildren();
  follow();
  draw();
  main.focus();
});
window.addEventListener("resize", draw);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
document.addEventListener("visibilitychange", () => {
  // A page that nobody looks at costs nothing.
  if (document.hidden) {
    source?.close();
    clearInterval(poll);
    poll = undefined;
  } else {
    follow();
  }
});
follow();
