// The texts of this telephone, as a thread, and a field to text the line.

import { say } from "./words.js";

const LINK = /(https?:\/\/[^\s]+)/;

export class Thread {
  constructor(ownNumber, send) {
    this.list = document.getElementById("thread");
    this.form = document.getElementById("texting");
    this.body = document.getElementById("body");
    this.ownNumber = ownNumber;
    const nothing = document.createElement("li");
    nothing.className = "nothing";
    nothing.textContent = say("nobody");
    this.list.append(nothing);
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      const body = this.body.value.trim();
      if (!body) return;
      this.body.value = "";
      send(body);
    });
  }

  /** Whether the line can be texted. */
  canText(can) {
    this.form.hidden = !can;
  }

  came({ from_, to, body, segments }) {
    const parts = segments === 1 ? say("segment") : say("segments", { n: segments });
    const other = to === this.ownNumber() ? "" : `${say("to-number", { to })} · `;
    this.#bubble("in", `${from_} · ${other}${parts}`, body);
  }

  went({ to, body }) {
    this.#bubble("out", say("to-number", { to }), body);
  }

  #bubble(way, about, body) {
    this.list.querySelector(".nothing")?.remove();
    const bubble = document.createElement("li");
    bubble.className = way;
    const words = document.createElement("p");
    for (const part of body.split(LINK)) {
      if (!LINK.test(part)) { words.append(part); continue; }
      const link = document.createElement("a");
      Object.assign(link, { href: part, textContent: part, target: "_blank", rel: "noreferrer" });
      words.append(link);
    }
    const note = document.createElement("small");
    note.textContent = about;
    bubble.append(words, note);
    this.list.append(bubble);
    this.list.scrollTop = this.list.scrollHeight;
  }
}
