// Puts the page together.

import { Call } from "./call.js";
import { Telephone } from "./exchange.js";
import { Requests } from "./requests.js";
import { Screen } from "./screen.js";
import { Settings } from "./settings.js";
import { Sound } from "./sound.js";
import { Thread } from "./texts.js";
import { Transcript } from "./transcript.js";
import { Tree } from "./tree.js";
import { speakTheReadersLanguage } from "./words.js";

const KEYS = new Set("0123456789*#");

speakTheReadersLanguage();
const screen = new Screen();
const [service, telephone] = await Promise.all([
  fetch("service.json").then((answer) => answer.json()),
  Telephone.install().catch((error) => { screen.state.textContent = error.message; throw error; }),
]);

const settings = new Settings(service);
const buttons = { call: document.getElementById("call"), hangUp: document.getElementById("hangup") };
const tree = new Tree();
const transcript = new Transcript();
const thread = new Thread(
  () => settings.from,
  async (body) => {
    const wrong = await telephone.post("text", { from: settings.from, body });
    if (wrong) transcript.row(undefined, "carrier", wrong.why);
  },
);
const call = new Call({
  screen,
  transcript,
  requests: new Requests(),
  thread,
  tree,
  sound: new Sound(() => settings.sounds, (plays) => { document.getElementById("note").hidden = !plays; }),
  settings,
  telephone,
  buttons,
});

buttons.call.addEventListener("click", () => call.begin());
buttons.hangUp.addEventListener("click", () => call.hangUp());
for (const button of document.querySelectorAll(".keypad button")) {
  button.addEventListener("click", () => call.press(button.dataset.key));
}
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (event.target.closest("input, select, textarea")) return;
  if (event.key === "Escape") call.hangUp();
  if (!KEYS.has(event.key)) return;
  call.press(event.key);
  const button = document.querySelector(`.keypad [data-key="${event.key}"]`);
  button.classList.add("down");
  setTimeout(() => button.classList.remove("down"), 140);
});

telephone.listen(
  (kind, news) => call.news(kind, news),
  (isUp, isGone) => {
    if (isUp && !call.isOn) screen.show("ready");
    if (!isUp) screen.show(isGone ? "lost" : "offline");
    buttons.call.disabled = call.isOn || isGone === true;
    document.documentElement.dataset.ready = String(isUp);
  },
);

if (service.picture) {
  tree.show(settings.dialledLanguage);
  settings.onDialled(() => call.isOn || tree.show(settings.dialledLanguage));
}
