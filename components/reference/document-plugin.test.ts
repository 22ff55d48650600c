import { describe, expect, it } from "vitest";
import { type Document, forBrowser } from "./document-plugin";

const document: Document = {
  paths: {
    "/tenants": {
      patch: { summary: "Refused since `version`.", security: [{ bearer: [] }, { key: [] }, { session: [] }] },
      post: { summary: "For people.", security: [{ session: [] }] },
      get: { summary: "For anybody.", security: [] },
    },
  },
  components: {
    securitySchemes: {
      bearer: { type: "http", description: "an API key" },
      key: { type: "apiKey" },
      session: { type: "apiKey" },
    },
  },
};

describe("the document that the reference shows", () => {
  it("offers the bearer key alone, and says who needs none", () => {
    const schemes = forBrowser(document).components?.securitySchemes;
    expect(Object.keys(schemes ?? {})).toEqual(["bearer"]);
    expect(schemes?.bearer).toMatchObject({ type: "http", description: expect.stringContaining("signed in") });
  });

  it("asks for the key where it counts, and for nothing where only a session does", () => {
    const { patch, post, get } = forBrowser(document).paths?.["/tenants"] ?? {};
    expect([patch, post, get].map((operation) => operation?.security)).toEqual([[{ bearer: [] }], [], []]);
  });

  it("has summaries without Markdown's signs", () => {
    expect(forBrowser(document).paths?.["/tenants"]?.patch?.summary).toBe("Refused since version.");
  });
});
