// SPDX-License-Identifier: Apache-2.0
// Numbers and times as people read them. What is not known is an en dash.

const UNKNOWN = "–";

export function isKnown(value) {
  return typeof value === "number" && Number.isFinite(value) && value >= 0;
}

export function bytes(value) {
  if (!isKnown(value)) return UNKNOWN;
  const units = ["B", "kB", "MB", "GB", "TB", "PB"];
  let unit = 0;
  let scaled = value;
  while (scaled >= 1024 && unit < units.length - 1) {
    scaled /= 1024;
    unit++;
  }
  return `${scaled < 10 && unit > 0 ? scaled.toFixed(1) : Math.round(scaled)} ${units[unit]}`;
}

export function count(value) {
  return isKnown(value) ? Math.round(value).toLocaleString("en-US") : UNKNOWN;
}

export function percent(value) {
  return isKnown(value) ? `${value < 10 ? value.toFixed(1) : Math.floor(value)} %` : UNKNOWN;
}

export function duration(seconds) {
  if (!isKnown(seconds)) return UNKNOWN;
  if (seconds < 1) return `${Math.round(seconds * 1000)} ms`;
  if (seconds < 120) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours} h ${minutes % 60} min`;
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

export function ago(millis, now) {
  return isKnown(millis) && millis > 0 ? `${duration(Math.max(0, now - millis) / 1000)} ago` : UNKNOWN;
}

export function time(millis) {
  const date = new Date(millis);
  const day = date.toDateString() === new Date().toDateString() ? "" : `${date.toLocaleDateString("sv-SE")} `;
  return day + date.toLocaleTimeString("sv-SE");
}
