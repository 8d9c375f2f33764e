// A call as the page lives through it: news comes in, and every part shows its share.

import { say } from "./words.js";

export class Call {
  constructor({ screen, transcript, requests, thread, tree, sound, settings, telephone, buttons }) {
    Object.assign(this, { screen, transcript, requests, thread, tree, sound, settings, telephone, buttons });
    this.isOn = false;
    this.timers = new Set();
    this.keys = "";
  }

  async begin() {
    if (this.isOn || !this.settings.areRight()) return;
    this.#set(true);
    this.sound.wake();
    this.sound.ring();
    this.screen.show("ringing");
    this.#showKeys("");
    this.transcript.clear();
    this.requests.clear();
    this.tree.begin();
    const { from, to, at } = this.settings;
    const wrong = await this.telephone.post("call", { from, to, at });
    if (wrong) this.#refused(wrong.status === 404 ? say("lost") : wrong.why);
  }

  hangUp() {
    if (this.isOn) this.telephone.post("hangup");
  }

  press(key) {
    this.sound.wake();
    this.sound.key(key);
    if (this.isOn) this.telephone.post("key", { key });
  }

  /** One piece of news. */
  news(kind, news) {
    this[`_${kind}`]?.(news);
  }

  _connected({ texting }) {
    this.thread.canText(texting);
  }

  _says({ t, ends, until, takes_keys: takesKeys, so_far: soFar, sentences, sounds }) {
    this.sound.answered();
    this.screen.show("talking");
    this.screen.sync(t);
    this.screen.waits(ends, takesKeys ? until : 0);
    this.fresh = !soFar;  // the last keys stay on the screen until others are pressed
    const whole = sentences.map(({ words }) => words).join(" ");
    if (this.settings.atOnce && whole) this.screen.prints(whole, sentences[0].language);
    for (const [place, { t: starts, words, language }] of sentences.entries()) {
      const seconds = (sentences[place + 1]?.t ?? ends) - starts;
      if (this.settings.atOnce) {
        this.transcript.row(t, "line", words, language);
        continue;
      }
      this.#later(starts - t, () => {
        this.transcript.row(starts, "line", words, language);
        this.screen.speaks(words, language, seconds);
      });
    }
    this.sound.play(sounds.map(({ t: starts, sound }) => ({ in: starts - t, url: this.telephone.soundUrl(sound) })));
  }

  _key({ t, key, stops }) {
    this.screen.sync(t);
    this.#showKeys(this.fresh ? key : this.keys + key);
    this.fresh = false;
    if (stops) this.#hush();
  }

  _pressed({ t, keys, lost }) {
    const shown = [...keys].join(" ");
    this.transcript.row(t, "you", say(lost ? "presses-lost" : "presses", { keys: shown }));
  }

  _silence({ t }) {
    this.transcript.row(t, "you", say("silent"));
  }

  _cut() {
    this.transcript.cut();
  }

  _dialed({ t, to, status }) {
    this.transcript.row(t, "line", say("dialed", { to, status }));
  }

  _error({ t, text, code, level, url }) {
    const where = url ? ` (${url})` : "";
    this.transcript.row(t, "carrier", `${level} ${code ?? ""}: ${text}${where}`);
  }

  _unsimulated(news) {
    this._error({ level: "warning", ...news });
  }

  _text(news) {
    if (this.isOn) this.transcript.row(news.t, "line", say("text-came"));
    this.thread.came(news);
  }

  _sent(news) {
    this.thread.went(news);
  }

  _exchange(news) {
    this.requests.add(news);
  }

  _place({ node, language }) {
    this.tree.at(node, language);
  }

  _hangup({ t, by, why }) {
    const who = by === "caller" ? "you" : by;
    this.transcript.row(t, who, by === "carrier" ? `${say("ends")}: ${why}` : say("ends"));
  }

  _over() {
    this.#end("over");
  }

  _refused({ why }) {
    this.#refused(why);
  }

  #refused(why) {
    this.transcript.row(undefined, "carrier", `${say("refused")}: ${why}`);
    if (this.isOn) this.#end("over");
  }

  #end(state) {
    this.#hush();
    this.sound.answered();
    this.screen.stop();
    this.screen.show(state);
    this.tree.end();
    this.#set(false);
  }

  #set(isOn) {
    const { call, hangUp } = this.buttons;
    const held = document.activeElement;
    this.isOn = isOn;
    call.disabled = isOn;
    hangUp.disabled = !isOn;
    // Who used a button that is now out of use is led to the other one.
    if (held === call && isOn) hangUp.focus();
    if (held === hangUp && !isOn) call.focus();
  }

  #showKeys(keys) {
    this.keys = keys;
    this.screen.keys([...keys].join(" "));
  }

  #hush() {
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
    this.sound.hush();
    this.screen.clear();
  }

  #later(seconds, act) {
    if (seconds <= 0) { act(); return; }
    const timer = setTimeout(() => { this.timers.delete(timer); act(); }, seconds * 1000);
    this.timers.add(timer);
  }
}
