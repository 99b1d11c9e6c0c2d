import { type IncomingHttpHeaders, request } from "node:http";
import { recordOf } from "./back";

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  body: Buffer;
}

export interface Ask {
  method?: string;
  headers?: Record<string, string | undefined>;
  body?: string | Buffer;
}

type Fields = Record<string, string> | [string, string][];

/** A browser without script: keeps cookies, says where its forms come from, follows nothing by itself. */
export class Client {
  readonly cookies = new Map<string, string>();

  constructor(
    private readonly port: number,
    readonly origin: string,
  ) {}

  get(path: string, headers: Ask["headers"] = {}) {
    return this.ask(path, { headers });
  }

  /** Sends a form, as a page of Verso's own would. */
  post(path: string, fields: Fields = {}, headers: Ask["headers"] = {}) {
    return this.ask(path, {
      method: "POST",
      headers: { "Content-Type": "application/x-www-form-urlencoded", ...headers },
      body: new URLSearchParams(fields).toString(),
    });
  }

  /** The back of an answer that this browser got while somebody was signed in. */
  turnOver(answer: Answer) {
    return this.get(`/back/${recordOf(answer)}`);
  }

  /** The same with Remix's script: the action's answer alone, as data. */
  postData(path: string, route: string, fields: Fields = {}) {
    return this.post(`${path}?_data=${encodeURIComponent(route)}`, fields);
  }

  postJson(path: string, value: unknown, headers: Ask["headers"] = {}) {
    return this.ask(path, {
      method: "POST",
      headers: { "Content-Type": "application/json", ...headers },
      body: JSON.stringify(value),
    });
  }

  /** Sends exactly this; a header given as undefined is left out. */
  async ask(path: string, { method = "GET", headers = {}, body }: Ask = {}): Promise<Answer> {
    const sent = {
      Host: new URL(this.origin).host,
      ...(this.cookies.size > 0 && { Cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ") }),
      ...(method !== "GET" && method !== "HEAD" && { Origin: this.origin, "Sec-Fetch-Site": "same-origin" }),
      ...(body !== undefined && { "Content-Length": String(Buffer.byteLength(body)) }),
      ...headers,
    };
    const answer = await send(this.port, path, method, onlyGiven(sent), body);
    for (const line of answer.headers["set-cookie"] ?? []) this.keepCookie(line);
    return answer;
  }

  /** Creates a note. @returns its id. */
  async write(title: string, content = "") {
    const answer = await this.post("/notes", { title, content });
    if (answer.status !== 303) throw new Error(`Writing a note answered ${answer.status}: ${answer.text}`);
    return String(answer.headers.location).replace("/notes/", "");
  }

  private keepCookie(line: string) {
    const [pair = ""] = line.split(";");
    const [name = "", ...value] = pair.split("=");
    if (/max-age=0|expires=thu, 01 jan 1970/i.test(line)) this.cookies.delete(name);
    else this.cookies.set(name, value.join("="));
  }
}

function onlyGiven(headers: Record<string, string | undefined | false>) {
  return Object.fromEntries(
    Object.entries(headers).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}

function send(port: number, path: string, method: string, headers: Record<string, string>, body?: string | Buffer) {
  return new Promise<Answer>((resolve, reject) => {
    const asking = request({ host: "127.0.0.1", port, path, method, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("end", () => {
        const whole = Buffer.concat(chunks);
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text: whole.toString("utf8"), body: whole });
      });
    });
    asking.on("error", reject);
    asking.end(body);
  });
}
