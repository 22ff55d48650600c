import type { Random } from "./random";

/** Runs one statement on a tenant's database. */
export type Query = (text: string, parameters?: readonly unknown[]) => Promise<{ rows: Record<string, unknown>[] }>;

export type SeedOptions = {
  /** How many orders; customers, products and page views follow from it. */
  rows: number;
  random: Random;
};

// Each statement draws from its own row number and the seed ($2), so that the same seed makes the same shop.
const draw = (salt: string) => `(('x' || substr(md5($2 || '${salt}' || n), 1, 7))::bit(28)::int / 268435456::float8)`;

const customers = `
  INSERT INTO customers (email, name, country, created_at)
  SELECT lower(first || '.' || last || n || '@example.com'), first || ' ' || last, country,
         now() - ${draw("since")} * interval '700 days'
  FROM generate_series(1, $1::int) AS n,
  LATERAL (SELECT
    (ARRAY['Ada','Noor','Mateo','Yuki','Ingrid','Kwame','Leila','Tomasz','Priya','Hugo','Mei','Zola'])
      [1 + floor(${draw("first")} * 12)::int] AS first,
    (ARRAY['Okafor','Lindqvist','Tanaka','Moreau','Haddad','Novak','Silva','Berg','Rossi','Chen','Byrne','Iyer'])
      [1 + floor(${draw("last")} * 12)::int] AS last,
    (ARRAY['DE','NO','JP','FR','BR','IN','PL','US','KE','GB'])[1 + floor(${draw("land")} * 10)::int] AS country) AS drawn
  ON CONFLICT DO NOTHING`;

const products = `
  INSERT INTO products (sku, name, category, price_cents, stock)
  SELECT 'SKU-' || lpad(n::text, 5, '0'), made || ' ' || thing || ' No. ' || n, category,
         199 + floor(${draw("price")} ^ 2 * 24000)::int, floor(${draw("stock")} * 400)::int
  FROM generate_series(1, $1::int) AS n,
  LATERAL (SELECT
    (ARRAY['Oak','Linen','Copper','Alpine','Harbour','Walnut','Cloud','Saffron','Slate','Meadow'])
      [1 + floor(${draw("made")} * 10)::int] AS made,
    (ARRAY['Mug','Lamp','Notebook','Kettle','Blanket','Backpack','Map','Chair','Candle','Press'])
      [1 + floor(${draw("thing")} * 10)::int] AS thing,
    (ARRAY['Kitchen','Home','Outdoor','Office','Gifts'])[1 + floor(${draw("category")} * 5)::int] AS category) AS drawn
  ON CONFLICT DO NOTHING`;

const orders = `
  INSERT INTO orders (customer_id, status, placed_at)
  SELECT 1 + floor(${draw("who")} ^ 1.6 * $3::int)::bigint,
         (ARRAY['shipped','shipped','shipped','paid','placed','returned'])
           [1 + floor(${draw("status")} * 6)::int]::order_status,
         now() - ${draw("when")} ^ 1.4 * interval '400 days'
  FROM generate_series(1, $1::int) AS n`;

const items = `
  INSERT INTO order_items (order_id, position, product_id, quantity, price_cents)
  SELECT n, position, product.id, 1 + floor(${draw("quantity")} * 3)::int, product.price_cents
  FROM generate_series(1, $1::int) AS n
  CROSS JOIN LATERAL generate_series(1, 1 + floor(${draw("count")} * 3)::int) AS position
  JOIN products AS product ON product.id = 1 + (floor(${draw("which")} * $3::int)::int + position * 7) % $3::int`;

const totals = `
  UPDATE orders SET total_cents = sums.total
  FROM (SELECT order_id, sum(quantity * price_cents)::int AS total FROM order_items GROUP BY order_id) AS sums
  WHERE sums.order_id = orders.id`;

const views = `
  INSERT INTO page_views (product_id, path, visitor, detail, viewed_at)
  SELECT product_id, '/products/' || product_id, md5($2 || n % 997)::uuid,
         jsonb_build_object('referrer', 'https://example.com/' || n % 13, 'width', 360 + n % 5 * 320),
         now() - ${draw("seen")} * interval '30 days'
  FROM generate_series(1, $1::int) AS n, LATERAL (SELECT 1 + floor(${draw("page")} * $3::int)::bigint AS product_id) AS p`;

// Not TRUNCATE: tables of others may refer to these.
const emptied = `
  DELETE FROM order_items; DELETE FROM orders; DELETE FROM page_views; DELETE FROM customers;
  ALTER TABLE customers ALTER COLUMN id RESTART; ALTER TABLE products ALTER COLUMN id RESTART;
  ALTER TABLE orders ALTER COLUMN id RESTART; ALTER TABLE page_views ALTER COLUMN id RESTART`;

/**
 * Fills an empty shop with lifelike customers, products, orders and page views; does nothing to one that has products.
 * Run it in one transaction: its ids start at 1.
 */
export async function seedTenant(query: Query, { rows, random }: SeedOptions): Promise<boolean> {
  const { rows: found } = await query("SELECT EXISTS (SELECT FROM products) AS seeded");
  if (found[0]?.seeded) return false;
  const seed = String(Math.floor(random() * 1e9));
  const customerCount = Math.max(20, Math.round(rows / 6));
  const productCount = Math.min(2000, Math.max(24, Math.round(rows / 40)));
  for (const statement of emptied.split(";")) await query(statement);
  await query(products, [productCount, seed]);
  await query(customers, [customerCount, seed]);
  await query(orders, [rows, seed, customerCount]);
  await query(items, [rows, seed, productCount]);
  await query(totals);
  await query(views, [rows * 2, seed, productCount]);
  return true;
}
