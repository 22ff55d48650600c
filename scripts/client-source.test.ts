import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { clientSource, type Document } from "./client-source";

const document = JSON.parse(readFileSync("docs/openapi.json", "utf8")) as Document;

test("the client in the repository is what the document makes: if not, run npm run openapi", async () => {
  expect(await clientSource(document)).toBe(readFileSync("lib/sdk/generated.ts", "utf8"));
});

test("a document that says something else makes another client", async () => {
  const schema = { type: "object", properties: { place: { type: "array", prefixItems: [{ type: "number" }] } } };
  const show = {
    operationId: "things.show",
    summary: "Show a thing.",
    parameters: [
      { name: "id", in: "path", required: true, schema: { type: "string" } },
      { name: "many", in: "query", schema: { type: "array", items: { type: "string" } } },
      { name: "If-None-Match", in: "header", schema: { type: "string" } },
    ],
    responses: { 200: { content: { "application/json": { schema: { $ref: "#/components/schemas/Thing" } } } } },
  };
  const paths = { "/things/{id}": { get: show } };
  const source = await clientSource({ paths, components: { schemas: { Thing: schema } } });
  expect(source).toMatch(/export interface Thing \{[\s\S]*place\?: \[number\];\n\}/);
  expect(source).toContain('"things.show": {"method":"GET","path":"/things/{id}","query":["many"]}');
  expect(source).toContain('{"summary":"Show a thing.","fields":{"id":"text!","many":"list"}}');
  expect(source).not.toContain("If-None-Match");
});
