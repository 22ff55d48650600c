import { describe, expect, it } from "vitest";
import { subtree } from "./resolve-plugin";

const document = {
  paths: { "/one": { get: { parameters: [{ $ref: "#/components/parameters/A~1B" }], answer: ref("Tree") } } },
  components: {
    parameters: { "A/B": { name: "a", schema: { $ref: "#/components/schemas/Word", description: "its own" } } },
    schemas: { Word: { type: "string", description: "a word" }, Tree: { children: { items: ref("Tree") } } },
  },
};

function ref(name: string) {
  return { $ref: `#/components/schemas/${name}` };
}

describe("an operation in the reference", () => {
  it("has what it refers to in its place, with what stands beside a reference", () => {
    expect(subtree(document, ["paths", "/one", "get", "parameters"])).toEqual([
      { name: "a", schema: { type: "string", description: "its own" } },
    ]);
  });

  it("keeps the reference where something holds itself", () => {
    expect(subtree(document, ["paths", "/one", "get", "answer"])).toEqual({ children: { items: ref("Tree") } });
  });

  it("has nothing where the document has nothing", () => {
    expect(subtree(document, ["components", "securitySchemes"])).toBeUndefined();
  });
});
