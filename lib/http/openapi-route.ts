import { readFile } from "node:fs/promises";
import type { NextRequest } from "next/server";
import { entityTags, tagOf } from "@/lib/gate/precondition";
import { answer } from "./route";

type Written = { text: string; etag: string };

let read: Promise<Written> | undefined;

/** The document of the files that this process runs from: read once, since making it anew takes a second. */
async function written(): Promise<Written> {
  const text = JSON.stringify(JSON.parse(await readFile("docs/openapi.json", "utf8")));
  return { text, etag: `"${tagOf(text)}"` };
}

/** `GET /api/tenancy/openapi.json`: the API's document, for anybody. Caches may keep it and ask whether it is the same. */
export async function openApiRoute(request: NextRequest): Promise<Response> {
  return await answer(request, async () => {
    read ??= written();
    const { text, etag } = await read;
    const headers = { etag, "cache-control": "public, no-cache" };
    if (isKnown(request.headers.get("if-none-match"), etag)) return new Response(null, { status: 304, headers });
    return new Response(text, { headers: { ...headers, "content-type": "application/json" } });
  });
}

/** If-None-Match compares weakly: a server that compresses may have weakened the tag. */
function isKnown(header: string | null, etag: string): boolean {
  const tags = header === null ? undefined : entityTags(header);
  return tags === "any" || (tags?.some(({ tag }) => `"${tag}"` === etag) ?? false);
}
