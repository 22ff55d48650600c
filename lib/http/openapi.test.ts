import { readFileSync } from "node:fs";
import { Validator } from "@seriousme/openapi-schema-validator";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { contracts } from "@/lib/contracts";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { openApiDocument } from "./openapi";
import { exampleOf } from "./openapi-examples";

type Operation = {
  operationId: string;
  tags: string[];
  summary: string;
  description: string;
  deprecated?: boolean;
  parameters: ({ name: string; in: string } | { $ref: string })[];
  responses: Record<string, object>;
};
type Document = {
  paths: Record<string, Record<string, Operation>>;
  tags: { name: string; description: string }[];
  components: Record<string, Record<string, object>>;
};

const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
const document = JSON.parse(JSON.stringify(openApiDocument(contracts, version))) as Document;
const operations = Object.values(document.paths).flatMap((item) => Object.values(item));

test("the document is valid OpenAPI 3.1", async () => {
  const { valid, errors } = await new Validator().validate(structuredClone(document));
  expect(errors).toBeUndefined();
  expect(valid).toBe(true);
});

test("every reference leads somewhere, and every component is used", () => {
  const refs = new Set<string>();
  const collect = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    for (const [key, member] of Object.entries(value)) key === "$ref" ? refs.add(String(member)) : collect(member);
  };
  collect(document);
  const { securitySchemes: _, ...referable } = document.components;
  const there = Object.entries(referable).flatMap(([kind, all]) =>
    Object.keys(all).map((name) => `#/components/${kind}/${name}`),
  );
  expect([...refs].filter((ref) => !there.includes(ref))).toEqual([]);
  expect(there.filter((one) => !refs.has(one))).toEqual([]);
});

test("every operation has one section, a summary of one sentence, and words on who may call it", () => {
  const sections = document.tags.map(({ name }) => name);
  for (const { operationId, tags, summary, description } of operations) {
    expect(
      tags.filter((tag) => sections.includes(tag)),
      operationId,
    ).toHaveLength(1);
    expect(summary, operationId).toMatch(/^[A-Z].*\.$/);
    expect(description, operationId).toMatch(/permission|Anybody|people/);
  }
  expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
});

describe("an example of an input", () => {
  // Some shapes look at the installation's settings.
  let control: TestControl;
  beforeAll(async () => {
    control = await testControl();
  });
  afterAll(() => control.close());

  const withBody = contracts.filter(({ method }) => method !== "GET" && method !== "DELETE");

  test.each(withBody.map((one) => [one.id, one] as const))("is valid: %s", (_, one) => {
    const inPath = new Set([...one.path.matchAll(/\{(\w+)\}/g)].map((match) => String(match[1])));
    const names = Object.keys("shape" in one.input ? (one.input.shape as object) : {});
    const example = exampleOf(
      one,
      names.filter((name) => !inPath.has(name)),
    );
    const issues = one.input.safeParse(example ?? {}).error?.issues ?? [];
    const ofBody = issues.filter(({ path }) => !inPath.has(String(path[0])));
    expect(ofBody, JSON.stringify(example)).toEqual([]);
  });
});

test("shapes that several operations answer are described once, by name", () => {
  const one = (id: string) => JSON.stringify(operations.find(({ operationId }) => operationId === id)?.responses);
  for (const id of ["tenants.show", "tenants.create", "tenants.edit"]) {
    expect(one(id)).toContain('"#/components/schemas/Tenant"');
  }
  expect(Object.keys(document.components.schemas ?? {}).length).toBeGreaterThan(40);
});

test("an operation names the problems that it can have, and no others", () => {
  const statuses = (id: string) =>
    Object.keys(operations.find(({ operationId }) => operationId === id)?.responses ?? {}).join(" ");
  expect(statuses("tenants.create")).toMatch(/^202 401 403 404 406 409 413 415 422 429 500 503$/);
  expect(statuses("roles.list")).not.toMatch(/404|409|413/);
});
