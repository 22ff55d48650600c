import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import type { z as whole } from "zod/v4";
import type { Contract } from "@/lib/kernel/contract";
import { z as noted } from "./noted-zod";

const z = noted as typeof whole;
const shapeOf = (contract: Contract) => (contract.input as { shape?: object }).shape;

describe("zod in the browser", () => {
  test("lets what a form holds go to the API before zod is there, and checks it afterwards", async () => {
    const name = z.string().min(3, "At least three letters.");
    expect(name.safeParse("ab")).toEqual({ success: true, data: "ab" });
    expect(() => name.parse("abc")).toThrow("zod is not loaded yet");
    const checked = await name.safeParseAsync("ab");
    expect(checked.error?.issues[0]?.message).toBe("At least three letters.");
    expect(name.safeParse("ab").success).toBe(false);
    expect(name.parse("abc")).toBe("abc");
  });

  test("makes shapes in shapes, with functions that are given, and knows their fields without zod", async () => {
    const inner = z.object({ at: z.iso.datetime(), kind: z.enum(["a", "b"]), gone: z.null() });
    const outer = inner
      .omit({ gone: true })
      .extend({ port: z.coerce.number().int(), list: z.array(inner.shape.kind).default([]) })
      .refine(({ kind, port }) => kind === "a" || port > 9, { path: ["port"], message: "Too low." })
      .transform(({ port, list }) => ({ port, list }));
    expect(Object.keys(inner.shape)).toEqual(["at", "kind", "gone"]);
    expect(inner.shape.kind.options).toEqual(["a", "b"]);
    const at = "2026-11-23T00:00:00Z";
    expect(await outer.parseAsync({ at, kind: "b", port: "10" })).toEqual({ port: 10, list: [] });
    expect((await outer.safeParseAsync({ at, kind: "b", port: "1" })).error?.issues[0]?.message).toBe("Too low.");
  });

  test("has all that the contracts are made of, and knows the fields of each", async () => {
    const before = await allContracts();
    vi.resetModules();
    vi.doMock("zod", () => import("./noted-zod"));
    const after = await allContracts();
    expect(after.size).toBeGreaterThan(150);
    expect(after.size).toBe(before.size);
    for (const [id, contract] of after) {
      const own = before.get(id);
      const fields = own && shapeOf(own);
      if (fields) expect(Object.keys(shapeOf(contract) ?? {}), id).toEqual(Object.keys(fields));
      for (const part of ["input", "output"] as const) {
        const { error } = await contract[part].safeParseAsync({});
        expect(error?.issues, `${id} ${part}`).toEqual(own?.[part].safeParse({}).error?.issues);
      }
    }
  });
});

/** The contracts of all rooms, by id, as their files have them now. */
async function allContracts(): Promise<Map<string, Contract>> {
  const files = readdirSync("lib", { recursive: true, encoding: "utf8" });
  const modules = await Promise.all(
    files
      .filter((file) => /^[a-z-]+\/contract[a-z-]*\.ts$/.test(file) && !/^(kernel|compat)\//.test(file))
      .map((file) => import(join(process.cwd(), "lib", file))),
  );
  const found = modules.flatMap((module) => Object.values<unknown>(module)).filter(isContract);
  return new Map(found.map((contract) => [contract.id, contract]));
}

function isContract(value: unknown): value is Contract {
  return typeof value === "object" && value !== null && "id" in value && "output" in value && "input" in value;
}
