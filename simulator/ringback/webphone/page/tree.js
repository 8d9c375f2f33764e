// The tree as a picture, with the caller's place lit up.

import { say } from "./words.js";

export class Tree {
  constructor() {
    this.section = document.getElementById("tree");
    this.sheet = document.getElementById("sheet");
    this.place = document.getElementById("place");
    this.language = null;
    this.pictures = new Map();
    this.way = [];
    this.drawing = Promise.resolve();
    const size = document.getElementById("real-size");
    size.addEventListener("click", () => {
      const real = size.getAttribute("aria-pressed") !== "true";
      size.setAttribute("aria-pressed", String(real));
      this.sheet.classList.toggle("real", real);
      this.#look();
    });
  }

  /** Shows the picture in a language. */
  show(language) {
    if (language === this.language) return this.drawing;
    this.language = language;
    this.section.hidden = false;
    document.getElementById("picture").href = url(language);
    this.drawing = this.#picture(language).then((svg) => {
      if (language !== this.language) return;
      this.sheet.replaceChildren(svg);
      this.#light();
    });
    return this.drawing;
  }

  /** The caller is at a node. */
  at(node, language) {
    if (this.way.at(-1) !== node) this.way.push(node);
    this.show(language).then(() => this.#light());
  }

  /** A new call begins. */
  begin() {
    this.way = [];
    this.#light();
  }

  /** The call is over: its way stays, nobody is there any more. */
  end() {
    for (const card of this.sheet.querySelectorAll(".here")) card.classList.replace("here", "been");
    this.place.textContent = "";
  }

  async #picture(language) {
    if (!this.pictures.has(language)) {
      const answer = await fetch(url(language));
      if (!answer.ok) return document.createTextNode("");  // the transcript says what is wrong
      const text = await answer.text();
      // The page allows no inline styles; the picture's own become a sheet of the page.
      const bare = text.replace(/<style>([^<]*)<\/style>/, (_, style) => {
        if (!this.pictures.size) adopt(style);
        return "";
      });
      const parsed = new DOMParser().parseFromString(bare, "image/svg+xml");
      this.pictures.set(language, document.adoptNode(parsed.documentElement));
    }
    return this.pictures.get(language);
  }

  #light() {
    for (const lit of this.sheet.querySelectorAll(".here, .been")) lit.classList.remove("here", "been");
    for (const [place, node] of this.way.entries()) {
      const last = place === this.way.length - 1;
      this.#card(node)?.classList.add(last ? "here" : "been");
      const wires = this.sheet.querySelectorAll(".wire");
      const from = place ? this.way[place - 1] : "";
      for (const wire of wires) {
        if (wire.dataset.from !== from || wire.dataset.to !== node) continue;
        wire.classList.add("been");
        wire.parentNode.insertBefore(wire, this.sheet.querySelector(".card"));  // above its equals
      }
    }
    const here = this.#card(this.way.at(-1));
    here?.classList.remove("been");
    const title = here?.querySelector(".title, .greeting")?.textContent;
    this.place.textContent = title ? say("here", { place: title }) : "";
    this.place.lang = this.language ?? "";
    this.#look();
  }

  #card(node) {
    return node ? this.sheet.querySelector(`[data-node="${CSS.escape(node)}"]`) : null;
  }

  /** Brings the caller's place into view, without moving the page. */
  #look() {
    const here = this.sheet.querySelector(".here");
    if (!here) return;
    const card = here.getBoundingClientRect();
    const view = this.sheet.getBoundingClientRect();
    const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
    this.sheet.scrollTo({
      left: this.sheet.scrollLeft + card.left - view.left - (view.width - card.width) / 2,
      top: this.sheet.scrollTop + card.top - view.top - (view.height - card.height) / 2,
      behavior,
    });
  }
}

function url(language) {
  return `pictures/${encodeURIComponent(language)}.svg`;
}

function adopt(style) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  document.adoptedStyleSheets.push(sheet);
}
