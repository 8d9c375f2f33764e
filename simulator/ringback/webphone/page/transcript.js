// The transcript: seconds since the answer, who, what.

import { say } from "./words.js";

export class Transcript {
  constructor() {
    this.list = document.getElementById("transcript");
    this.clear();
  }

  clear() {
    const nothing = document.createElement("li");
    nothing.className = "nothing";
    nothing.textContent = say("silence");
    this.list.replaceChildren(nothing);
    this.last = null;
  }

  /** One row; `who` is line, you or carrier. */
  row(t, who, what, language) {
    this.list.querySelector(".nothing")?.remove();
    const row = document.createElement("li");
    row.className = who;
    const time = document.createElement("time");
    time.textContent = t === undefined ? "" : `${t.toFixed(1)} s`;
    const name = document.createElement("span");
    name.className = "who";
    name.textContent = say(who);
    const words = document.createElement("span");
    words.className = "what";
    words.textContent = what;
    if (language) words.lang = language;
    row.append(time, name, words);
    const follows = this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < 60;
    this.list.append(row);
    if (follows) this.list.scrollTop = this.list.scrollHeight;
    if (who === "line") this.last = words;
    return row;
  }

  /** The line was interrupted in its last sentence. */
  cut() {
    if (this.last && !this.last.textContent.endsWith("…")) this.last.textContent += " …";
  }
}
