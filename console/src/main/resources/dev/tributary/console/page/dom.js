// SPDX-License-Identifier: Apache-2.0
// Elements from data. Text is always a text node, so that no content of a row, a name or a message is ever markup.

export function h(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "on") {
      for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    } else if (value === true) {
      element.setAttribute(key, "");
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(key, value);
    }
  }
  append(element, children);
  return element;
}

function append(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}

/**
 * Replaces the children of an element, unless what is shown is the same. Elements that differ are replaced one by one,
 * so that focus, selection and scroll positions of the others stay.
 */
export function show(element, ...children) {
  const next = h("div", {}, ...children);
  morph(element, next);
}

function morph(now, next) {
  const before = [...now.childNodes];
  const after = [...next.childNodes];
  after.forEach((wanted, index) => {
    const current = before[index];
    if (!current) {
      now.append(wanted);
    } else if (current.isEqualNode(wanted) || isSameChart(current, wanted)) {
      // Nothing to do; listeners of equal elements do the same.
    } else if (canMorph(current, wanted)) {
      copyAttributes(current, wanted);
      morph(current, wanted);
    } else {
      current.replaceWith(wanted);
    }
  });
  before.slice(after.length).forEach((rest) => rest.remove());
}

/** What is drawn in a chart is not known here. */
function isSameChart(current, wanted) {
  return current.nodeType === Node.ELEMENT_NODE && wanted.nodeType === Node.ELEMENT_NODE
    && current.classList.contains("chart") && current.dataset.key === wanted.dataset.key;
}

/** Elements that a person operates, and charts, are told apart by data-key: another key is another element. */
function canMorph(current, wanted) {
  return current.nodeType === Node.ELEMENT_NODE && wanted.nodeType === Node.ELEMENT_NODE
    && current.tagName === wanted.tagName && current.dataset.key === wanted.dataset.key
    && !["BUTTON", "SELECT", "INPUT", "TEXTAREA"].includes(current.tagName);
}

function copyAttributes(current, wanted) {
  for (const { name } of [...current.attributes]) {
    // Whether details are open is up to the reader.
    if (!wanted.hasAttribute(name) && name !== "open") current.removeAttribute(name);
  }
  for (const { name, value } of wanted.attributes) {
    if (name !== "open" && current.getAttribute(name) !== value) current.setAttribute(name, value);
  }
}

export function table(caption, headings, rows, empty) {
  if (rows.length === 0) return h("p", { class: "empty" }, empty);
  return h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
    h("table", {},
      h("thead", {}, h("tr", {}, headings.map((heading) =>
        h("th", { scope: "col", class: heading.number ? "number" : null }, heading.text ?? heading)))),
      h("tbody", {}, rows.map((row) => h("tr", {}, row.map((cell, index) =>
        h("td", { class: headings[index].number ? "number" : null }, cell)))))));
}

export function badge(text, tone) {
  return h("span", { class: `badge ${tone}` }, text);
}

export function fact(name, value, note, tone) {
  return h("div", { class: `fact ${tone ?? ""}` },
    h("dt", {}, name), h("dd", {}, value, note ? h("small", {}, note) : null));
}
