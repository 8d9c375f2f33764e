// All that sounds: the keys' tones, ringing, and the line's own clips.

// https://www.itu.int/rec/T-REC-Q.23 (frequencies in hertz)
const ROWS = { "1": 697, "2": 697, "3": 697, "4": 770, "5": 770, "6": 770, "7": 852, "8": 852, "9": 852, "*": 941, "0": 941, "#": 941 };
const COLUMNS = { "1": 1209, "4": 1209, "7": 1209, "*": 1209, "2": 1336, "5": 1336, "8": 1336, "0": 1336, "3": 1477, "6": 1477, "9": 1477, "#": 1477 };
const KEY_SECONDS = 0.14;
// Japan's ringing tone: 400 Hz, swelling 16 times a second; one second on, two off.
const RING = { hertz: 400, swell: 16, on: 1, off: 2 };

export class Sound {
  /** `isOn` says whether anything may sound; `sounding` is called with whether a clip plays. */
  constructor(isOn, sounding) {
    this.isOn = isOn;
    this.sounding = sounding;
    this.context = null;
    this.playing = new Set();
    this.ringing = null;
    this.prompt = 0;
  }

  /** Browsers let a page sound only after a key or click: call this then. */
  wake() {
    this.context ??= new AudioContext();
    this.context.resume();
  }

  key(key) {
    if (!this.isOn() || !this.context) return;
    for (const hertz of [ROWS[key], COLUMNS[key]]) this.#tone(hertz, 0, KEY_SECONDS, 0.09);
  }

  ring() {
    const once = () => {
      if (!this.isOn() || !this.context) return;
      const { context } = this;
      const gain = this.#tone(RING.hertz, 0, RING.on, 0.05);
      const swell = new OscillatorNode(context, { frequency: RING.swell });
      const depth = new GainNode(context, { gain: 0.03 });
      swell.connect(depth).connect(gain.gain);
      swell.start();
      swell.stop(context.currentTime + RING.on);
    };
    once();
    this.ringing = setInterval(once, (RING.on + RING.off) * 1000);
  }

  answered() {
    clearInterval(this.ringing);
    this.ringing = null;
  }

  /** Plays clips, each `in` seconds from now for `seconds`; `hush` stops them. */
  async play(clips) {
    if (!this.context || !clips.length) return;
    const { context, prompt } = this;
    const began = context.currentTime;
    await Promise.all(clips.map(async (clip) => {
      const file = await (await fetch(clip.url)).arrayBuffer();
      const buffer = await context.decodeAudioData(file).catch(() => null);  // no sound it knows
      if (!buffer || prompt !== this.prompt || !this.isOn()) return;  // … or hushed meanwhile
      const source = new AudioBufferSourceNode(context, { buffer });
      source.connect(context.destination);
      const late = context.currentTime - (began + clip.in);
      source.start(began + Math.max(clip.in, 0), Math.max(0, late));
      source.onended = () => { this.playing.delete(source); this.sounding(this.playing.size > 0); };
      this.playing.add(source);
      this.sounding(true);
    }));
  }

  hush() {
    this.prompt += 1;
    for (const source of this.playing) source.stop();
    this.playing.clear();
    this.sounding(false);
  }

  #tone(hertz, after, seconds, loud) {
    const { context } = this;
    const starts = context.currentTime + after;
    const tone = new OscillatorNode(context, { frequency: hertz });
    const gain = new GainNode(context, { gain: 0 });
    gain.gain.setTargetAtTime(loud, starts, 0.004);
    gain.gain.setTargetAtTime(0, starts + seconds - 0.01, 0.004);
    tone.connect(gain).connect(context.destination);
    tone.start(starts);
    tone.stop(starts + seconds + 0.05);
    return gain;
  }
}
