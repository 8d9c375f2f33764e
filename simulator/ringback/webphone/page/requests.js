// Every webhook request with its parameters, and the TwiML that was answered.

import { say } from "./words.js";

const MOST = 150;

export class Requests {
  constructor() {
    this.list = document.getElementById("exchanges");
    this.clear();
  }

  clear() {
    const nothing = document.createElement("p");
    nothing.className = "nothing";
    nothing.textContent = say("no-requests");
    this.list.replaceChildren(nothing);
  }

  add({ t, method, url, parameters, signature, status, content_type, body, milliseconds }) {
    this.list.querySelector(".nothing")?.remove();
    const details = document.createElement("details");
    if (content_type.startsWith("audio/")) details.className = "sound";
    const { pathname, search } = new URL(url);
    const summary = document.createElement("summary");
    summary.append(
      bit("time", t === undefined ? "" : `${t.toFixed(1)} s`),
      bit("path", `${method} ${decodeURIComponent(pathname)}`),
      bit(status < 400 ? "good" : "bad", String(status)),
      bit("took", `${milliseconds} ms`),
    );
    details.append(summary);
    details.addEventListener("toggle", () => {
      if (details.childElementCount > 1) return;
      const sent = document.createElement("dl");
      for (const [name, value] of [["URL", url], ...parameters, ["X-Twilio-Signature", signature]]) {
        sent.append(bit("", name, "dt"), bit("", value, "dd"));
      }
      const answer = document.createElement("pre");
      answer.tabIndex = 0;
      answer.append(bit("", body ? pretty(body) : content_type, "code"));
      details.append(bit("", say("parameters"), "h3"), sent, bit("", say("answer"), "h3"), answer);
    });
    if (search) details.title = search;
    this.list.append(details);
    while (this.list.childElementCount > MOST) this.list.firstElementChild.remove();
    this.list.scrollTop = this.list.scrollHeight;
  }
}

function bit(name, text, kind = "span") {
  const element = document.createElement(kind);
  if (name) element.className = name;
  element.textContent = text;
  return element;
}

/** XML with a line for each element; anything else as it is. */
export function pretty(text) {
  const parsed = new DOMParser().parseFromString(text, "text/xml");
  if (parsed.querySelector("parsererror")) return text;
  return lines(parsed.documentElement, "").join("\n");
}

function lines(element, indent) {
  const attributes = [...element.attributes].map(({ name, value }) => ` ${name}="${escaped(value)}"`);
  const open = `<${element.tagName}${attributes.join("")}`;
  if (!element.childNodes.length) return [`${indent}${open}/>`];
  const children = [...element.childNodes].filter((node) => node.nodeType === Node.ELEMENT_NODE);
  const words = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  if (!children.length || words) {
    return [`${indent}${open}>${inline(element)}</${element.tagName}>`];
  }
  return [
    `${indent}${open}>`,
    ...children.flatMap((child) => lines(child, `${indent}  `)),
    `${indent}</${element.tagName}>`,
  ];
}

function inline(element) {
  return [...element.childNodes]
    .map((node) => (node.nodeType === Node.ELEMENT_NODE ? lines(node, "").join("") : escaped(node.data)))
    .join("");
}

function escaped(text) {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/"/g, "&quot;");
}
