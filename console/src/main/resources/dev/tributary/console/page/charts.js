// SPDX-License-Identifier: Apache-2.0
// The last hour, drawn by uPlot. A chart is kept and gets new data; it is drawn anew if its element is another one.

/* global uPlot */

const drawn = new Map();

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

export function chart(element, title, history, series, format) {
  const data = [history.seconds, history[series]];
  const width = Math.max(240, element.clientWidth);
  const before = drawn.get(title);
  const theme = colour("--ink");
  if (before && before.element === element && before.theme === theme) {
    if (before.plot.width !== width) before.plot.setSize({ width, height: 150 });
    before.plot.setData(data);
    return;
  }
  if (before) before.plot.destroy();
  element.replaceChildren();
  const axis = { stroke: colour("--muted"), grid: { stroke: colour("--line"), width: 1 }, ticks: { show: false } };
  const plot = new uPlot({
    width,
    height: 150,
    cursor: { drag: { x: false, y: false } },
    legend: { show: false },
    scales: { y: { range: (self, low, high) => [0, Math.max(10, (high ?? 0) * 1.1)] } },
    series: [{}, { stroke: colour("--accent"), fill: colour("--accent-soft"), width: 2, spanGaps: false, points: { show: false } }],
    axes: [
      { ...axis, size: 30, values: (self, ticks) => ticks.map((tick) => new Date(tick * 1000).toLocaleTimeString("sv-SE").slice(0, 5)) },
      { ...axis, size: 70, values: (self, ticks) => ticks.map(format) },
    ],
  }, data, element);
  drawn.set(title, { element, plot, theme });
}

/** Forgets the charts of a page that is no longer shown. */
export function forget() {
  drawn.forEach(({ plot }) => plot.destroy());
  drawn.clear();
}
