// The page's line to the server: what is asked of it, and the news it sends.

/** One telephone: `post` asks for something; `listen` is given the news, piece by piece. */
export class Telephone {
  static async install() {
    const answer = await fetch("telephones", { method: "POST" });
    if (!answer.ok) throw new Error(await plainly(answer));
    return new Telephone((await answer.json()).telephone);
  }

  constructor(name) {
    this.base = `telephones/${name}`;
    addEventListener("pagehide", () => navigator.sendBeacon(`${this.base}/gone`));
    // A page that comes back from the browser's memory has no telephone any more.
    addEventListener("pageshow", (event) => event.persisted && location.reload());
  }

  /** Posts fields as JSON; gives null when all is well, else what was wrong. */
  async post(what, fields = {}) {
    try {
      const answer = await fetch(`${this.base}/${what}`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(fields),
      });
      return answer.ok ? null : { status: answer.status, why: await plainly(answer) };
    } catch {
      return { status: 0, why: "" };
    }
  }

  /** Calls `news(kind, fields)` for everything that happens, and `connection(isUp)` on changes. */
  listen(news, connection) {
    const source = new EventSource(`${this.base}/feed`);
    source.onopen = () => connection(true);
    source.onerror = () => connection(false, source.readyState === EventSource.CLOSED);
    source.onmessage = (event) => {
      const { kind, ...fields } = JSON.parse(event.data);
      news(kind, fields);
    };
  }

  soundUrl(number) {
    return `${this.base}/sounds/${number}`;
  }
}

async function plainly(answer) {
  const text = await answer.text();
  const page = new DOMParser().parseFromString(text, "text/html");
  return page.querySelector("p")?.textContent ?? text;
}
