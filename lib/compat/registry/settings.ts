export type Json = string | number | boolean | null | Json[] | { [name: string]: Json };
type JsonObject = { [name: string]: Json };

/** The object in a JSON text; empty for anything else. */
export function objectIn(text: string | null | undefined): JsonObject {
  if (!text) return {};
  try {
    const value = JSON.parse(text) as Json;
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
  } catch {
    return {};
  }
}

/** What stancl/tenancy keeps for itself among a tenant's data, and what has a place of its own here. */
const own = /^_?tenancy_|^(id|name|status|plan|database|database_name|created_at|updated_at|settings)$/;
const secret = /pass(word|wd|phrase)?$|secret|token|credential|private_?key|api_?key/i;

const most = 20_000;
const deepest = 8;

/** What is kept of a tenant's data and settings: nothing that is named like a secret, and nothing too large or too deep. */
export function settingsOf(data: JsonObject, settings: JsonObject): JsonObject {
  const all = { ...objectWithin(data.settings), ...settings };
  const rest = Object.fromEntries(Object.entries(data).filter(([name]) => !own.test(name)));
  const kept = clean({ ...rest, ...all }, deepest) as JsonObject;
  return JSON.stringify(kept).length > most ? {} : kept;
}

const objectWithin = (value: Json | undefined): JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};

function clean(value: Json, levels: number): Json {
  if (typeof value === "string") return value.replace(/[\0\p{Cs}]/gu, "");
  if (typeof value !== "object" || value === null) return value;
  if (levels === 0) return null;
  if (Array.isArray(value)) return value.map((one) => clean(one, levels - 1));
  const named = Object.entries(value).filter(
    ([name]) => !secret.test(name) && name.length <= 200 && !/[\0\p{Cs}]/u.test(name),
  );
  return Object.fromEntries(named.map(([name, one]) => [name, clean(one, levels - 1)]));
}
