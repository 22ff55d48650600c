import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { encrypt } from "./envelope";
import { masterOf } from "./masters";
import { sealedColumns } from "./sealed-columns";
import { type TestControl, testControl } from "./testing";
import { type Host, hostWith } from "./testing-keys";

const newKey = () => randomBytes(32).toString("base64");
const clock = () => new Date();
const first = newKey();
const second = newKey();

let control: TestControl;
beforeAll(async () => {
  control = await testControl();
});
afterAll(() => control.close());

beforeEach(async () => {
  await control.sql("DELETE FROM servers; DELETE FROM sealed_keys; TRUNCATE data_keys");
});

const store = async (name: string, sealed: string) =>
  await control.sql("INSERT INTO sealed_keys (name, sealed) VALUES ($1, $2)", [name, sealed]);
const stored = async (name: string) =>
  (await control.sql("SELECT sealed FROM sealed_keys WHERE name = $1", [name])).rows[0].sealed as string;
const wraps = async () =>
  (await control.sql("SELECT id, master_id, wrapped FROM data_keys ORDER BY created_at, master_id")).rows;
const context = (name: string) => `sealed-key:${name}`;
const keep = async (host: Host, name: string) => await store(name, await host.seal(`secret ${name}`, context(name)));
const read = async (host: Host, name: string) => await host.unseal(await stored(name), context(name));

test("processes that seal for the first time at the same moment agree on one data key", async () => {
  const hosts = await Promise.all([hostWith(first), hostWith(first), hostWith(first)]);
  const sealed = await Promise.all(hosts.flatMap((host) => [host.seal("a", "c"), host.seal("b", "c")]));
  expect(new Set(sealed.map((one) => one.split(".")[1])).size).toBe(1);
  expect(await wraps()).toHaveLength(1);
  for (const host of hosts) for (const one of sealed) expect(await host.unseal(one, "c")).toMatch(/^[ab]$/);
});

test("nothing stored holds a data key or a secret in the clear", async () => {
  const host = await hostWith(first);
  await keep(host, "one");
  const dump = JSON.stringify([await wraps(), await stored("one")]);
  expect(dump).not.toContain("secret one");
  expect((await wraps())[0].wrapped).toMatch(/^w1\.[0-9a-f]{8}\./);
});

test("a key id that this installation has not is told, and so is an envelope of another row", async () => {
  const host = await hostWith(first);
  await keep(host, "one");
  const other = (await stored("one")).replace(/^v2\.[0-9a-f]+/, "v2.0000000000000000");
  await expect(host.unseal(other, context("one"))).rejects.toThrow(/data key 0000000000000000, which/);
  await expect(host.unseal(await stored("one"), context("two"))).rejects.toThrow(/belongs to something else/);
  await expect(host.unseal((await wraps())[0].wrapped, context("one"))).rejects.toThrow(/not a sealed secret/);
});

test("a data key copied under another id does not open", async () => {
  const host = await hostWith(first);
  await keep(host, "one");
  await control.sql("UPDATE data_keys SET id = 'ffffffffffffffff'");
  const moved = (await stored("one")).replace(/^v2\.[0-9a-f]+/, "v2.ffffffffffffffff");
  await expect((await hostWith(first)).unseal(moved, context("one"))).rejects.toThrow(/altered/);
});

test("an envelope of before there were data keys opens, and a rotation moves it", async () => {
  await store("old", encrypt("v1", masterOf(first), Buffer.from("secret old"), context("old")));
  const host = await hostWith(first);
  expect(await read(host, "old")).toBe("secret old");
  expect(await host.rotateDataKey({ clock, patienceMs: 0 })).toMatchObject({ resealed: 1, left: 0, unreadable: [] });
  expect(await stored("old")).toMatch(/^v2\./);
  expect(await read(host, "old")).toBe("secret old");
});

test("after a change of the master key, hosts with the former environment read and seal on", async () => {
  const old = await hostWith(first);
  await keep(old, "one");
  const changed = await hostWith(second, [first]);
  expect(await changed.takeUpMaster()).toBe(1);
  expect(await changed.takeUpMaster()).toBe(0);
  await changed.rotateDataKey({ clock, patienceMs: 0 });
  await keep(changed, "two");
  for (const host of [old, await hostWith(first), await hostWith(second), changed]) {
    expect(await read(host, "one")).toBe("secret one");
    expect(await read(host, "two")).toBe("secret two");
  }
  await keep(await hostWith(first), "three");
  expect(await read(await hostWith(second), "three")).toBe("secret three");
});

test("an envelope that was read before two rotations opens after them, also in a process that never saw its key", async () => {
  const host = await hostWith(first);
  const before = await host.seal("a secret", "c");
  await host.rotateDataKey({ clock, patienceMs: 0 });
  await host.rotateDataKey({ clock, patienceMs: 0 });
  expect(await (await hostWith(first)).unseal(before, "c")).toBe("a secret");
  expect((await host.seal("a secret", "c")).split(".")[1]).not.toBe(before.split(".")[1]);
});

test("a process that no supervisor started takes up its new master key by reading", async () => {
  await keep(await hostWith(first), "one");
  expect(await read(await hostWith(second, [first]), "one")).toBe("secret one");
  expect(await read(await hostWith(second), "one")).toBe("secret one");
});

test("a start without the key that sealed is refused, naming both keys and what to do", async () => {
  await keep(await hostWith(first), "one");
  await store("old", encrypt("v1", masterOf(first), Buffer.from("x"), context("old")));
  const stranger = await hostWith(second);
  const message = new RegExp(
    `sealed with key ${masterOf(first).id}, but TENANTRY_SECRET_KEY is key ${masterOf(second).id}.*OLD_SECRET_KEYS`,
  );
  await expect(stranger.takeUpMaster()).rejects.toThrow(message);
  await expect(stranger.rotateDataKey({ clock })).rejects.toThrow(message);
  await expect(read(stranger, "one")).rejects.toThrow(/sealed with key [0-9a-f]{8}, but TENANTRY_SECRET_KEY is key/);
  await expect(read(stranger, "old")).rejects.toThrow(/sealed with key [0-9a-f]{8}, but/);
  await expect(keep(stranger, "two")).rejects.toThrow(/sealed with key/);
  expect(await wraps()).toHaveLength(1);
});

test("a key for an envelope of before is missed, too, when no data key is there yet", async () => {
  await store("old", encrypt("v1", masterOf(first), Buffer.from("x"), context("old")));
  await expect((await hostWith(second)).takeUpMaster()).rejects.toThrow(masterOf(first).id);
});

test("former masters are dropped only when the present one opens everything, and open nothing afterwards", async () => {
  await keep(await hostWith(first), "one");
  await store("old", encrypt("v1", masterOf(first), Buffer.from("x"), context("old")));
  const changed = await hostWith(second, [first]);
  await changed.takeUpMaster();
  await expect(changed.dropOldMasters()).rejects.toThrow(/Nothing was removed.*sealed_keys old/);
  expect(await wraps()).toHaveLength(2);
  await changed.rotateDataKey({ clock, patienceMs: 0 });
  expect(await changed.dropOldMasters()).toBe(2);
  expect(await changed.dropOldMasters()).toBe(0);
  expect(await read(await hostWith(second), "one")).toBe("secret one");
  await expect(read(await hostWith(first), "one")).rejects.toThrow(/sealed with key/);
  await expect((await hostWith(first)).takeUpMaster()).rejects.toThrow(/sealed with key/);
  await changed.rotateDataKey({ clock, patienceMs: 0 });
  expect((await wraps()).every((row) => row.master_id === masterOf(second).id)).toBe(true);
});

test("a secret that no key opens is named by the rotation and left as it is", async () => {
  const host = await hostWith(first);
  await keep(host, "one");
  const broken = `${(await stored("one")).slice(0, -4)}AAAA`;
  await store("broken", broken);
  const rotation = await host.rotateDataKey({ clock, patienceMs: 0 });
  expect(rotation).toMatchObject({ resealed: 1, left: 0, unreadable: ["sealed_keys broken"] });
  expect(await stored("broken")).toBe(broken);
});

test("every column that is named like a secret is one that a rotation seals again", async () => {
  const { rows } = await control.sql(`
    SELECT table_name || '.' || column_name AS name FROM information_schema.columns
    WHERE table_schema = 'public' AND data_type = 'text'
      AND column_name ~ '(secret|sealed|private|credential$|password)' AND column_name !~ '(hash|_id)$' ORDER BY 1`);
  expect(rows.map(({ name }) => name)).toEqual(sealedColumns.map(({ table, column }) => `${table}.${column}`).sort());
});
