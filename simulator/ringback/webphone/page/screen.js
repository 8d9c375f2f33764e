// The telephone's screen: the call's state and clock, and the words as they are spoken.

import { say } from "./words.js";

const STEP = 60;  // milliseconds between two looks at the clock
const calm = matchMedia("(prefers-reduced-motion: reduce)");

export class Screen {
  constructor() {
    this.state = document.getElementById("state");
    this.clock = document.getElementById("clock");
    this.caption = document.getElementById("caption");
    this.waiting = document.getElementById("waiting");
    this.pressed = document.getElementById("pressed");
    this.began = null;  // when the call was answered, by performance.now()
    this.until = 0;
    this.ends = 0;
    setInterval(() => this.#tick(), STEP);
  }

  show(state) {
    this.state.textContent = say(state);
  }

  /** Sets the call's clock; `t` is seconds since the answer. */
  sync(t) {
    this.began = performance.now() - t * 1000;
  }

  get t() {
    return this.began === null ? 0 : (performance.now() - this.began) / 1000;
  }

  /** A sentence begins, and takes `seconds`. */
  speaks(words, language, seconds) {
    const said = document.createElement("span");
    const coming = document.createElement("span");
    said.className = "said";
    coming.className = "coming";
    this.caption.replaceChildren(said, coming);
    this.caption.scrollTop = 0;
    this.caption.lang = language ?? "";
    this.sentence = { words: [...words], said, coming, starts: performance.now(), seconds };
    this.#follow();
  }

  /** All words at once. */
  prints(words, language) {
    this.sentence = null;
    this.caption.replaceChildren(words);
    this.caption.scrollTop = 0;
    this.caption.lang = language ?? "";
  }

  waits(ends, until) {
    this.ends = ends;
    this.until = until;
  }

  keys(keys) {
    this.pressed.textContent = keys;
  }

  clear() {
    this.sentence = null;
    this.caption.replaceChildren();
    this.until = 0;
    this.waiting.textContent = "";
  }

  stop() {
    this.began = null;
    this.clear();
  }

  #tick() {
    this.clock.textContent = this.began === null ? "" : clock(this.t);
    this.#follow();
    const left = this.began !== null && this.t >= this.ends ? Math.ceil(this.until - this.t) : 0;
    this.waiting.textContent = left > 0 && left < 100 ? say("waiting", { seconds: left }) : "";
  }

  #follow() {
    if (!this.sentence) return;
    const { words, said, coming, starts, seconds } = this.sentence;
    const share = calm.matches ? 1 : Math.min(1, (performance.now() - starts) / 1000 / seconds);
    const place = Math.ceil(words.length * share);
    said.textContent = words.slice(0, place).join("");
    coming.textContent = words.slice(place).join("");
    this.#keepInSight(said);
  }

  /** Scrolls a sentence that is longer than the screen, as its words are spoken. */
  #keepInSight(said) {
    const last = [...said.getClientRects()].at(-1);
    const view = this.caption.getBoundingClientRect();
    if (last && last.bottom + last.height > view.bottom) this.caption.scrollTop += last.height;
  }
}

function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
