import type { Runtime } from "@/lib/runtime/runtime";
import type { TenantClient } from "@/lib/runtime/tenant-client";

export type Product = { id: string; name: string; category: string; priceCents: number; stock: number };
export type Order = { id: string; customer: string; status: string; totalCents: number; items: number; placedAt: Date };
export type CategoryReport = { month: string; category: string; lines: number; revenueCents: number };

/** Who the database says we are: proof that each tenant has its own. */
export type Whereabouts = { database: string; role: string; server: string };

/** The one password of all made-up customers: there is nothing to protect. */
export const demoPassword = "open sesame";

/** A customer's e-mail address; null for who is none. */
export async function customerEmail({ query }: TenantClient, id: number): Promise<string | null> {
  const { rows } = await query<{ email: string }>("SELECT email FROM customers WHERE id = $1::bigint", [id]);
  return rows[0]?.email ?? null;
}

/** Asks where this tenant's data is. */
export async function whereabouts({ query }: TenantClient): Promise<Whereabouts> {
  const { rows } = await query<Whereabouts>(
    `SELECT current_database() AS database, current_user AS role, split_part(version(), ' ', 2) AS server`,
  );
  const [row] = rows;
  if (!row) throw new Error("The database did not say who it is.");
  return row;
}

/** Products whose name contains a text, the newest first; 24 at most. */
export async function findProducts({ query }: TenantClient, search: string): Promise<Product[]> {
  const { rows } = await query<Product>(
    `SELECT id, name, category, price_cents AS "priceCents", stock FROM products
     WHERE position(lower($1) IN lower(name)) > 0 ORDER BY id DESC LIMIT 24`,
    [search],
  );
  return rows;
}

/** The newest orders, 20 at most. */
export async function newestOrders({ query }: TenantClient): Promise<Order[]> {
  const { rows } = await query<Order>(
    `SELECT o.id, c.name AS customer, o.status, o.total_cents AS "totalCents", o.placed_at AS "placedAt",
       (SELECT count(*)::int FROM order_items i WHERE i.order_id = o.id) AS items
     FROM (SELECT * FROM orders ORDER BY placed_at DESC, id DESC LIMIT 20) o
     JOIN customers c ON c.id = o.customer_id ORDER BY o.placed_at DESC, o.id DESC`,
  );
  return rows;
}

/** Orders a quantity of one product for some customer, in one transaction; null when there is no such product. */
export async function placeOrder(
  { withClient }: Runtime,
  productId: number,
  quantity: number,
): Promise<{ id: string; totalCents: number } | null> {
  return await withClient(async ({ query }) => {
    await query("BEGIN");
    const { rows } = await query<{ id: string; totalCents: number }>(
      `INSERT INTO orders (customer_id, total_cents)
       SELECT (SELECT id FROM customers WHERE id > floor(random() * (SELECT max(id) FROM customers))
               ORDER BY id LIMIT 1), price_cents * $2::int
       FROM products WHERE id = $1::bigint RETURNING id, total_cents AS "totalCents"`,
      [productId, quantity],
    );
    await query(
      `INSERT INTO order_items (order_id, position, product_id, quantity, price_cents)
       SELECT $1, 1, id, $3, price_cents FROM products WHERE id = $2 AND $1::bigint IS NOT NULL`,
      [rows[0]?.id ?? null, productId, quantity],
    );
    await query("COMMIT");
    return rows[0] ?? null;
  });
}

/** Revenue by month and category over half a year: the heavy page. */
export async function revenueReport({ query }: TenantClient): Promise<CategoryReport[]> {
  const { rows } = await query<CategoryReport>(
    `SELECT to_char(month, 'YYYY-MM') AS month, category, lines, revenue AS "revenueCents"
     FROM (SELECT date_trunc('month', o.placed_at) AS month, p.category, count(*)::int AS lines,
             sum(i.quantity * i.price_cents)::float8 AS revenue
           FROM orders o JOIN order_items i ON i.order_id = o.id JOIN products p ON p.id = i.product_id
           WHERE o.placed_at > now() - interval '180 days' GROUP BY 1, 2) AS sums
     ORDER BY sums.month DESC, revenue DESC`,
  );
  return rows;
}
