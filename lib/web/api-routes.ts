import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { NextRequest } from "next/server";
import { log } from "@/lib/platform/log";

/** What a route's file exports for one method. */
export type RouteHandler = (
  request: NextRequest,
  context: { params: Promise<Record<string, string>> },
) => Promise<Response>;

export type Handlers = Record<string, unknown>;

/** A route of the built application, and the parameters that an address gives it. */
export type Match = { handlers: () => Promise<Handlers>; params: Record<string, string> };

type Place = { fixed: Map<string, Place>; any?: { name: string; place: Place }; handlers?: Match["handlers"] };

/**
 * Finds the routes of the API in Next's build, so that they can be called without its router: by what Next writes down
 * of them, static segments before parameters, as Next does. Catch-all routes are left to it.
 */
export function apiRoutes(folder: string): (path: string) => Match | undefined {
  const built = join(folder, ".next/server");
  const written = readFileSync(join(built, "app-paths-manifest.json"), "utf8");
  const top: Place = { fixed: new Map() };
  for (const [name, file] of Object.entries(JSON.parse(written) as Record<string, string>)) {
    const path = /^(\/(?:api\/tenancy|v1)\/.*)\/route$/.exec(name)?.[1];
    if (path === undefined || path.includes("[...")) continue;
    placeFor(top, path.split("/").slice(1)).handlers = once(() => handlersIn(join(built, file)));
  }
  return (path) => find(top, path.split("/").slice(1), {});
}

function placeFor(from: Place, segments: string[]): Place {
  let place = from;
  for (const segment of segments) {
    const name = /^\[(\w+)\]$/.exec(segment)?.[1];
    if (name !== undefined) place.any ??= { name, place: { fixed: new Map() } };
    else if (!place.fixed.has(segment)) place.fixed.set(segment, { fixed: new Map() });
    place = (name === undefined ? place.fixed.get(segment) : place.any?.place) ?? place;
  }
  return place;
}

function find(place: Place, [segment, ...rest]: string[], params: Record<string, string>): Match | undefined {
  if (segment === undefined) return place.handlers && { handlers: place.handlers, params };
  const fixed = place.fixed.get(segment);
  const found = fixed && find(fixed, rest, params);
  if (found || !place.any || segment === "") return found;
  return find(place.any.place, rest, { ...params, [place.any.name]: decodeURIComponent(segment) });
}

/** Next's module of a route holds what the route's file exports, once it has loaded. */
type RouteModule = { ensureUserland?: () => Promise<void>; userland?: Handlers };

/** The exports of a built route; none where Next's build has another form than the one known here: then Next serves it. */
async function handlersIn(file: string): Promise<Handlers> {
  try {
    const { routeModule } = (await createRequire(file)(file)) as { routeModule?: RouteModule };
    await routeModule?.ensureUserland?.();
    if (routeModule?.userland) return routeModule.userland;
    log().warn({ file }, "a route of the API can't be called without Next's router");
  } catch (error) {
    log().error({ file, error: error instanceof Error ? error.stack : String(error) }, "a route could not be loaded");
  }
  return {};
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
