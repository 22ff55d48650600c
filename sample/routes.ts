import { z } from "zod";
import { AppError } from "@/lib/kernel/errors";
import type { Admission } from "@/lib/runtime/admission";
import type { Runtime } from "@/lib/runtime/runtime";
import type { SignIn } from "@/lib/runtime/sign-ins";
import { seededRandom } from "./random";
import { seedTenant } from "./seed";
import {
  customerEmail,
  demoPassword,
  findProducts,
  newestOrders,
  placeOrder,
  revenueReport,
  whereabouts,
} from "./shop";
import { shopPage } from "./shop-page";

/** A request that has found its tenant. */
export type Asked = {
  search: URLSearchParams;
  body: () => Promise<unknown>;
  support: Admission["support"];
  /** From where it came, and with which program. */
  from: Pick<SignIn, "ipAddress" | "userAgent">;
};

export type Reply = { status: number; html: string } | { status: number; json: unknown };

type Route = (runtime: Runtime, asked: Asked) => Promise<Reply>;

const newOrder = z.object({
  productId: z.int().positive(),
  quantity: z.int().min(1).max(99).default(1),
});

const credentials = z.object({ customer: z.int().positive(), password: z.string().max(100) });

/** What a shop answers, by method and path. */
export const routes: Record<string, Route> = {
  "GET /": frontPage,
  "POST /stock": async (runtime, asked) => {
    await runtime.withClient(async (client) => {
      await client.query("BEGIN");
      await seedTenant((text, values) => client.query(text, values && [...values]), {
        rows: starterOrders,
        random: seededRandom(1),
      });
      await client.query("COMMIT");
    });
    return await frontPage(runtime, asked);
  },
  "GET /api/products": async (runtime, { search }) => ({
    status: 200,
    json: { products: await findProducts(runtime, searched(search)) },
  }),
  "GET /api/orders": async (runtime) => ({ status: 200, json: { orders: await newestOrders(runtime) } }),
  "POST /api/orders": async (runtime, { body }) => {
    const input = newOrder.safeParse(await body());
    if (!input.success) throw new AppError("invalid", 'Send JSON such as {"productId": 1, "quantity": 2}.');
    const order = await placeOrder(runtime, input.data.productId, input.data.quantity);
    if (!order) throw new AppError("not_found", "There is no such product.");
    return { status: 201, json: { order } };
  },
  "POST /api/sign-in": async (runtime, { body, from }) => {
    const input = credentials.safeParse(await body());
    if (!input.success) throw new AppError("invalid", 'Send JSON such as {"customer": 1, "password": "…"}.');
    const { customer, password } = input.data;
    const email = await customerEmail(runtime, customer);
    const succeeded = email !== null && password === demoPassword;
    // Only the name of an account that exists: what else was typed may be anybody's, or a password.
    runtime.recordSignIn({
      user: { id: String(customer), ...(email !== null && { name: email }) },
      succeeded,
      ...from,
    });
    return succeeded ? { status: 200, json: { email } } : { status: 401, json: { detail: "That is not right." } };
  },
  "GET /api/report": async (runtime) => ({ status: 200, json: { report: await revenueReport(runtime) } }),
};

/** Orders that a shop gets whose shelves a visitor fills. */
const starterOrders = 200;

async function frontPage(runtime: Runtime, { search, support }: Asked): Promise<Reply> {
  const text = searched(search);
  return await runtime.withClient(async (client) => {
    const where = await whereabouts(client);
    const products = await findProducts(client, text);
    const orders = await newestOrders(client);
    return { status: 200, html: shopPage(runtime.currentTenant(), { where, products, orders, search: text, support }) };
  });
}

function searched(search: URLSearchParams): string {
  // PostgreSQL's text can't hold a NUL, and nobody looks for one.
  return (search.get("search") ?? "").replaceAll("\0", "").slice(0, 100);
}
