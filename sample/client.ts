import { setTimeout as delay } from "node:timers/promises";
import { env } from "@/lib/platform/env";
import { log } from "@/lib/platform/log";
import type { Runtime } from "@/lib/runtime/runtime";
import type { Customer } from "./fleet";
import { labours, tidyOrders } from "./labour";
import { between, type Random, seededRandom, seedOf } from "./random";
import { type Pace, paces } from "./rates";
import { seedTenant } from "./seed";
import { demoPassword } from "./shop";
import { type Visit, visit } from "./visit";

const stepMs = 200;
const atOnce = 4;
const patienceMs = 5000;
const tidyMs = 60_000;
/** The part of visits that are sign-ins. */
const signIns = 0.004;

/** One tenant's customers: they visit its shop and work in its database until the signal. */
export class Client {
  readonly #customer: Customer;
  readonly #runtime: Runtime;
  readonly #port: number;
  readonly #random: Random;
  readonly #phase: number;
  /** Refused or failed: one try each five seconds until it works again. */
  #refused = false;

  constructor(customer: Customer, runtime: Runtime, port: number) {
    this.#customer = customer;
    this.#runtime = runtime;
    this.#port = port;
    this.#random = seededRandom(seedOf(customer.slug));
    this.#phase = this.#random() * 60;
  }

  /** Fills the shop if it is empty; a shop that was filled is left as it is. */
  async seed(): Promise<void> {
    const options = { rows: this.#customer.rows, random: seededRandom(seedOf(`${this.#customer.slug} shop`)) };
    await this.#inShop(({ withClient }) =>
      withClient(async ({ query }) => {
        await query("BEGIN");
        await seedTenant(query, options);
        await query("COMMIT");
      }),
    );
  }

  /** Visits and works at the pace of the tenant's shape; ends when the signal is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    const started = Date.now();
    const pace = () => paces[this.#customer.shape](this.#phase + (Date.now() - started) / 1000);
    await Promise.all([this.#visits(pace, signal), this.#work(pace, signal), this.#tidy(signal)]);
  }

  async #visits(pace: () => Pace, signal: AbortSignal): Promise<void> {
    const under = new Set<Promise<void>>();
    for (let due = 0; !signal.aborted; ) {
      const stepped = this.#refused ? patienceMs : stepMs;
      await pause(stepped, signal);
      const now = pace();
      due = this.#refused ? 1 : Math.min(due + (now.visits * stepped) / 1000, 2 * atOnce);
      for (; due >= 1 && under.size < atOnce && !signal.aborted; due--) {
        const one = this.#visit(now).finally(() => under.delete(one));
        under.add(one);
      }
    }
    await Promise.all(under);
  }

  async #visit(pace: Pace): Promise<void> {
    try {
      const status = await visit(this.#port, this.#customer.slug, this.#choose(pace));
      this.#refused = status === 403 || status === 404 || status === 503;
    } catch {
      this.#refused = true;
    }
  }

  #choose({ orders, reports }: Pace): Visit {
    const drawn = this.#random();
    const productId = between(this.#random, 1, 24);
    const quantity = between(this.#random, 1, 3);
    if (drawn < orders) return { path: "/api/orders", json: { productId, quantity } };
    if (drawn < orders + reports) return { path: "/api/report" };
    if (drawn > 1 - signIns) return { path: "/api/sign-in", json: this.#credentials(productId) };
    if (drawn < 0.75) return { path: "/" };
    return { path: `/api/products?search=${quantity === 1 ? "map" : "a"}` };
  }

  /** One of a few regular customers; now and then with a wrong password. */
  #credentials(customer: number): Record<string, unknown> {
    return { customer, password: this.#random() < 0.08 ? "a guess" : demoPassword };
  }

  async #work(pace: () => Pace, signal: AbortSignal): Promise<void> {
    const labour = labours[this.#customer.shape];
    while (labour && !signal.aborted) {
      const done = pace().working && (await this.#attempt(() => this.#inShop((shop) => labour(shop, signal)), signal));
      if (!done) await pause(this.#refused ? patienceMs : 1000, signal);
    }
  }

  async #tidy(signal: AbortSignal): Promise<void> {
    for (;;) {
      await pause(tidyMs, signal);
      if (signal.aborted) return;
      await this.#attempt(() => this.#inShop((shop) => tidyOrders(shop, this.#customer.rows)), signal);
    }
  }

  async #attempt(work: () => Promise<void>, signal: AbortSignal): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      if (!signal.aborted) log().debug({ tenant: this.#customer.slug, error: String(error) }, "demo work was refused");
      return false;
    }
  }

  async #inShop(work: (runtime: Runtime) => Promise<void>): Promise<void> {
    const tenant = await this.#runtime.resolve(`${this.#customer.slug}.${env().TENANTRY_APP_DOMAIN}`);
    await this.#runtime.runInTenant(tenant, () => work(this.#runtime));
  }
}

/** Waits, or returns early when the signal is aborted. */
async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await delay(milliseconds, undefined, { signal }).catch(() => undefined);
}
