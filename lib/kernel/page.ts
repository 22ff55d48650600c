import { z } from "zod";
import { canonicalJson } from "./canonical";
import { AppError } from "./errors";

/** What the values are by which a list is sorted, each as its shape in a cursor. */
export const placeKinds = {
  text: z.string().regex(/^[^\0\p{Cs}]*$/u),
  number: z.number(),
  /** A moment, in ISO 8601; PostgreSQL knows no year 0. */
  time: z.iso.datetime().regex(/^(?!0000)/),
  uuid: z.uuid(),
  /** A number that counts up, in digits, since it may be larger than JavaScript's. */
  id: z.string().regex(/^\d{1,18}$/),
} as const;
export type PlaceKind = keyof typeof placeKinds;

/** What stands at one place of a sorted list: the values that it is sorted by, the last of which tells equals apart. */
export type Place = readonly (string | number | null)[];

/** What a place has to be like: the kinds of its values, and which may be unknown. */
export type PlaceShape = readonly { kind: PlaceKind; nullable?: boolean | undefined }[];

const cursor = z
  .string()
  .max(4000, "This is not a cursor: it is too long.")
  .optional()
  .describe("`next` of the page before, as it is; none: the first page");

/** The input of a list in pages: `cursor`, and `limit` with what it is unless told and the most it may be. */
export function pageInput(usual: number, most = 200) {
  return { cursor, limit: rows(most).default(usual).describe("how many at most") };
}

/**
 * The input of a list that is read by cursor, or by page numbers where somebody looks at it. `limit` goes with both, and
 * `pageSize` is its other name. See `askedPage`.
 */
export function numberedPageInput(usual: number, most = 200) {
  return {
    cursor,
    limit: rows(most).optional().describe(`how many at most; ${usual} unless told`),
    page: z.coerce.number().int().min(1).max(100_000).optional().describe("a page's number, instead of a cursor"),
    pageSize: rows(most).optional().describe("the same as `limit`"),
  };
}

const rows = (most: number) => z.coerce.number().int().min(1).max(most);

type Pages = { cursor?: string | undefined; limit?: number | undefined } & Numbered;
type Numbered = { page?: number | undefined; pageSize?: number | undefined };

/** How a numbered list is asked for. Throws `invalid` where two ways are mixed. */
export function askedPage({ cursor, limit, page, pageSize }: Pages, usual: number): { limit: number; skip: number } {
  if (cursor !== undefined && page !== undefined)
    throw refused("cursor", "Ask by `cursor` or by `page`, not by both: each says where to begin.");
  if (limit !== undefined && pageSize !== undefined)
    throw refused("limit", "`limit` and `pageSize` are the same. Give one of them.");
  const size = limit ?? pageSize ?? usual;
  return { limit: size, skip: ((page ?? 1) - 1) * size };
}

/** A place in a list as an opaque text. `list` names the list with its order, to which the cursor belongs. */
export function cursorAt(list: string, place: Place): string {
  return base64url(canonicalJson({ at: place, list }));
}

/** The place that a cursor stands for. Throws `invalid` at `cursor` for one that is broken, or another list's. */
export function placeAt(list: string, shape: PlaceShape, text: string): Place {
  const read = readCursor(text);
  if (!read) throw refused("cursor", "This is not a cursor. Give `next` of the page before, as it is.");
  if (read.list !== list || read.at.length !== shape.length)
    throw refused("cursor", "This is a cursor of another list, or of another order of it. Begin without a cursor.");
  const fits = shape.every(({ kind, nullable }, index) => {
    const value = read.at[index];
    return value === null ? nullable === true : placeKinds[kind].safeParse(value).success;
  });
  if (!fits) throw refused("cursor", "This is not a cursor. Give `next` of the page before, as it is.");
  return read.at;
}

const written = z.strictObject({
  list: z.string(),
  at: z.array(z.union([z.string(), z.number(), z.null()])).min(1),
});

function readCursor(text: string): z.infer<typeof written> | undefined {
  try {
    const read = written.safeParse(JSON.parse(fromBase64url(text)));
    // What was not written by `cursorAt` is refused, also where it would mean the same.
    return read.success && cursorAt(read.data.list, read.data.at) === text ? read.data : undefined;
  } catch {
    return undefined;
  }
}

function refused(field: "cursor" | "limit", words: string): AppError {
  return new AppError("invalid", "Some fields need another look.", { fields: { [field]: words } });
}

/** Of what browsers have too: this row has no Buffer. */
function base64url(text: string): string {
  const bytes = Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte));
  return btoa(bytes.join("")).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function fromBase64url(text: string): string {
  const bytes = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return new TextDecoder("utf-8", { fatal: true }).decode(Uint8Array.from(bytes, (char) => char.charCodeAt(0)));
}

type Answer<Name extends string> = { next: string | null } & Record<Name, unknown[]>;

/** A whole list in one answer: the first page of it, with the members of all the others. `name` is its array. */
export async function everyPage<Name extends string, A extends Answer<Name>>(
  name: Name,
  read: (at: { cursor?: string }) => Promise<A>,
): Promise<A> {
  const first = await read({});
  const members: unknown[] = [...first[name]];
  for (let next = first.next; next !== null; ) {
    const page = await read({ cursor: next });
    members.push(...page[name]);
    next = page.next;
  }
  return { ...first, [name]: members, next: null };
}
