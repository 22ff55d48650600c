import { subscribe } from "node:diagnostics_channel";
import { afterEach } from "vitest";
import type { Answered, Performed } from "@/lib/gate/told";

/**
 * Set up for every test file: each answer of the API, at the gate and at the door, is held against docs/openapi.json, and a
 * test during which one was otherwise fails. Files that ask nothing pay nothing: the document is read at the first answer.
 */
const wrong: string[] = [];
const open: Promise<void>[] = [];

const conformance = () => import("./testing-conformance");

subscribe("tenantry:performed", (message) => {
  const { contract, output } = message as Performed;
  open.push(conformance().then(({ wrongOutput }) => note(wrongOutput(contract.id, contract.status ?? 200, output))));
});

subscribe("tenantry:answer", (message) => {
  const { request, response } = message as Answered;
  const { method, url } = request;
  const { status, headers } = response;
  const isJson = /json(;|$)/.test(headers.get("content-type") ?? "");
  const text = isJson ? response.clone().text() : Promise.resolve("");
  open.push(
    Promise.all([conformance(), text]).then(([{ wrongAnswer }, body]) =>
      note(wrongAnswer({ method, url, status, headers, text: body })),
    ),
  );
});

function note(what: string | undefined): void {
  if (what !== undefined) wrong.push(what);
}

afterEach(async () => {
  await Promise.all(open.splice(0));
  const found = wrong.splice(0);
  if (found.length > 0) throw new Error(`The API answered what its document does not say:\n${found.join("\n")}`);
});
