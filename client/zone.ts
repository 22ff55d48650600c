import { zoneChoiceCookie, zoneCookie } from "./zone-cookies";

const listeners = new Set<() => void>();
const inBrowser = typeof document !== "undefined";

let own = inBrowser ? readOwn() : "UTC";
let choice = inBrowser ? chosenIn(document.cookie) : null;
let turns = 0;

/**
 * The IANA name of the zone in which the viewer reads times: the one chosen, else the browser's. On a server, which has
 * no viewer, UTC: what is rendered there takes the zone from `useViewerZone`.
 */
export function viewerZone(): string {
  return choice ?? own;
}

/** The browser's own zone. */
export function browserZone(): string {
  return own;
}

/** The zone that was chosen; null while times follow the browser. */
export function chosenZone(): string | null {
  return choice;
}

/** How often the zone was changed in this page: what is drawn once is drawn anew when this moves. */
export function zoneTurns(): number {
  return turns;
}

/** Chooses a zone for this browser, or with null its own again. Unknown names change nothing. */
export function chooseZone(zone: string | null): void {
  if (zone === choice || (zone !== null && !isZone(zone))) return;
  choice = zone;
  keep(zoneChoiceCookie, zone);
  tellServer();
  turned();
}

/** Tells the server the viewer's zone, for the next page. */
export function tellServer(): void {
  keep(zoneCookie, viewerZone());
}

/** Looks again which zone the browser is in: people travel with their pages open. */
export function rereadOwnZone(): void {
  const now = readOwn();
  if (now === own) return;
  own = now;
  if (choice === null) turned();
}

/** Hears of each change; returns what stops that. */
export function onZone(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The zone that a `cookie` header or `document.cookie` says was chosen; null for none, and for what is no zone. */
export function chosenIn(cookies: string): string | null {
  const found = cookies.split("; ").find((each) => each.startsWith(`${zoneChoiceCookie}=`));
  if (found === undefined) return null;
  const zone = decoded(found.slice(zoneChoiceCookie.length + 1));
  return zone !== null && isZone(zone) ? zone : null;
}

/** Whether there is such a zone. */
export function isZone(name: string): boolean {
  if (name === "" || name.length > 60) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function turned(): void {
  turns += 1;
  for (const each of listeners) each();
}

function readOwn(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

const yearSeconds = 31_536_000;

function keep(name: string, value: string | null): void {
  const [text, age] = value === null ? ["", 0] : [encodeURIComponent(value), yearSeconds];
  // biome-ignore lint/suspicious/noDocumentCookie: the other way is not in every browser yet
  document.cookie = `${name}=${text}; path=/; max-age=${age}; samesite=lax`;
}
