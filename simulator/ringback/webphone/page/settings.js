// Who calls, from where, which number, when; and how captions and sounds come.

import { language, say } from "./words.js";

const own = new Intl.DisplayNames([language], { type: "language" });

export class Settings {
  constructor(service) {
    this.service = service;
    this.kind = document.getElementById("kind");
    this.fromField = document.getElementById("from");
    this.toField = document.getElementById("to");
    this.atField = document.getElementById("at");
    this.pace = document.getElementById("pace");
    this.soundsField = document.getElementById("sounds");
    for (const { kind, number } of service.callers) this.kind.append(new Option(say(kind), number));
    this.kind.append(new Option(say("other"), ""));
    for (const { number, language: spoken } of service.dialled) {
      const label = spoken === "und" ? number : `${number} · ${own.of(spoken)}`;
      this.toField.append(new Option(label, number));
    }
    this.kind.addEventListener("change", () => {
      this.fromField.value = this.kind.value;
      if (!this.kind.value) this.fromField.focus();
    });
    this.fromField.value = this.kind.value;
    this.fromField.addEventListener("input", () => {
      const known = service.callers.find(({ number }) => number === this.from);
      this.kind.value = known?.number ?? "";
    });
    this.form = document.getElementById("settings");
    this.form.addEventListener("submit", (event) => event.preventDefault());
    document.getElementById("at-row").hidden = service.zone === null;
    document.getElementById("at-note").textContent =
      service.zone === null ? "" : say("at-note", { zone: service.zone });
  }

  /** Whether a call can be placed with these; where not, the field says why. */
  areRight() {
    return this.form.reportValidity();
  }

  get from() {
    return this.fromField.value.trim();
  }

  get to() {
    return this.toField.value;
  }

  get at() {
    return this.atField.value;
  }

  get atOnce() {
    return this.pace.value === "once";
  }

  get sounds() {
    return this.soundsField.checked;
  }

  get dialledLanguage() {
    return this.service.dialled.find(({ number }) => number === this.to)?.language;
  }

  onDialled(changed) {
    this.toField.addEventListener("change", changed);
  }
}
