import type { BrowserContext } from "@playwright/test";

/**
 * Opens the live stream with a browser's cookies but outside of its pages, which leave when their session ends, and
 * waits for the first message. `ended` is when the server closed it, Unix milliseconds.
 */
export async function openStream(context: BrowserContext, origin = ""): Promise<{ ended: Promise<number> }> {
  const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
  const response = await fetch(`${origin}/api/tenancy/stream?topics=fleet`, { headers: { cookie } });
  const stream = response.body?.getReader();
  const first = await stream?.read();
  if (!response.ok || first?.done !== false) throw new Error(`The stream was not opened: ${response.status}.`);
  const end = async () => {
    while ((await stream?.read())?.done === false);
    return Date.now();
  };
  return { ended: end() };
}
