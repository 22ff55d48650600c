import type { BrowserContext, Response } from "@playwright/test";
import { wrongAnswer } from "@/lib/http/testing-conformance";

/** Holds the API's answers to its document, for as long as a test runs. */
export type Held = {
  /** Holds every answer that the browser gets in a context from now on. */
  watch: (context: BrowserContext) => void;
  /** Waits for the answers that are on their way, and says what was wrong with any. */
  found: () => Promise<string[]>;
};

/** Starts holding answers under /api/tenancy against docs/openapi.json, as the unit tests do at gate and door. */
export function holdAnswers(): Held {
  const wrong = new Set<string>();
  const open = new Set<Promise<void>>();
  const hold = (response: Response) => {
    if (!new URL(response.url()).pathname.startsWith("/api/tenancy/")) return;
    const held = wrongWith(response).then((what) => {
      if (what !== undefined) wrong.add(what);
      open.delete(held);
    });
    open.add(held);
  };
  return {
    watch: (context) => void context.on("response", hold),
    found: async () => {
      await Promise.all(open);
      return [...wrong];
    },
  };
}

async function wrongWith(response: Response): Promise<string | undefined> {
  const headers = new Headers(await response.allHeaders().catch(() => response.headers()));
  // Only JSON has a shape; a live stream would not end.
  const isJson = /json(;|$)/.test(headers.get("content-type") ?? "") && response.status() !== 304;
  // A page that was left keeps no bodies: then status, type and headers are held.
  const text = isJson ? await response.text().catch(() => undefined) : "";
  return wrongAnswer({
    method: response.request().method(),
    url: response.url(),
    status: response.status(),
    headers,
    text,
  });
}
