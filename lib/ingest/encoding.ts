import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { AppError } from "@/lib/kernel/errors";
import { boundJson } from "./bounds";
import { decodeRequest, encodeMessage } from "./descriptor";

/** The largest message in bytes, as it is sent and as it is unpacked. */
export const mostBytes = 4 * 1024 * 1024;

export type Encoding = "application/x-protobuf" | "application/json";

const tooLarge = () => new AppError("too_large", "The message is larger than 4 MB, the limit. Send smaller batches.");

/** The encoding of a request by its Content-Type; undefined where OTLP knows no such. */
export function encodingOf(contentType: string | null): Encoding | undefined {
  const type = contentType?.split(";", 1)[0]?.trim().toLowerCase();
  return type === "application/x-protobuf" || type === "application/json" ? type : undefined;
}

/** The message of a request: read and unpacked within bounds, and decoded. */
export async function readMessage(request: Request): Promise<unknown> {
  const encoding = encodingOf(request.headers.get("content-type"));
  if (!encoding) throw unsupported("Send application/x-protobuf or application/json.");
  const bytes = await unpacked(await bodyOf(request), request.headers.get("content-encoding"));
  try {
    return encoding === "application/json" ? parsed(bytes) : decodeRequest(bytes);
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError("invalid", `The body is not ${encoding === "application/json" ? "JSON" : "protobuf"}.`, {
      cause,
    });
  }
}

/** An answer in an encoding; protobuf's JSON has 64-bit numbers as text. */
export function encoded(encoding: Encoding, name: "Response" | "Status", value: object): Uint8Array | string {
  if (encoding === "application/x-protobuf") return encodeMessage(name, value);
  return JSON.stringify(value, (key, one) => (key === "rejectedDataPoints" ? String(one) : one));
}

/** Up to here a body too large is still let go by, since a sender reads its answer only when all is sent. */
const patience = 4 * mostBytes;

async function bodyOf(request: Request): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size <= mostBytes) chunks.push(chunk);
    if (size > patience) break;
  }
  if (size > mostBytes) throw tooLarge();
  return Buffer.concat(chunks);
}

const gunzipped = promisify<Buffer, { maxOutputLength: number }, Buffer>(gunzip);

async function unpacked(body: Buffer, contentEncoding: string | null): Promise<Buffer> {
  const packing = contentEncoding?.trim().toLowerCase() || "identity";
  if (packing === "identity") return body;
  if (packing !== "gzip") throw unsupported("A body may be packed with gzip, or not at all.");
  try {
    return await gunzipped(body, { maxOutputLength: mostBytes });
  } catch (cause) {
    if (cause instanceof RangeError) throw tooLarge();
    throw new AppError("invalid", "The body is not gzip.", { cause });
  }
}

function parsed(bytes: Buffer): unknown {
  boundJson(bytes);
  return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
}

/** The reason of a refusal that HTTP has a status of its own for. */
export const unsupportedReason = "media_type";

function unsupported(message: string): AppError {
  return new AppError("invalid", message, { reason: unsupportedReason });
}
