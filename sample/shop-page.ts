import type { SupportSession } from "@/lib/runtime/support";
import type { RuntimeTenant } from "@/lib/runtime/tenant";
import { escapeHtml, htmlPage } from "./html";
import type { Order, Product, Whereabouts } from "./shop";

type Shop = {
  where: Whereabouts;
  products: Product[];
  orders: Order[];
  search: string;
  support: SupportSession | null;
};

/** The shop's front page, out of the tenant's own database. */
export function shopPage(tenant: RuntimeTenant, { where, products, orders, search, support }: Shop): string {
  return htmlPage(
    tenant.name,
    `<h1 dir="auto">${escapeHtml(tenant.name)}</h1>
<p class="soft">Database <code>${escapeHtml(where.database)}</code>, signed in as <code>${escapeHtml(where.role)}</code>,
PostgreSQL ${escapeHtml(where.server)}</p>
<form role="search"><input type="search" name="search" aria-label="Search products" placeholder="Search products"
value="${escapeHtml(search)}"><button>Search</button></form>
<h2>Products</h2>${products.length ? `<div class="grid">${products.map(productCard).join("")}</div>` : nothing(search)}
<h2>Newest orders</h2>${orders.length ? orderTable(orders) : `<p class="soft">No orders yet.</p>`}`,
    support ? supportBanner(support) : "",
  );
}

/** Tells who is in that this is somebody else's shop, and lets them out. */
function supportBanner({ user, reason, endsAt }: SupportSession): string {
  const ends = `${endsAt.toISOString().slice(11, 16)} UTC`;
  return `<aside class="support" aria-label="Support"><form method="post" action="/.tenantry/support/leave">
<p><strong>Support session of <bdi>${escapeHtml(user.name)}</bdi></strong> · ends
<time datetime="${endsAt.toISOString()}">${ends}</time><br><span dir="auto">${escapeHtml(reason)}</span></p>
<button>Leave</button></form></aside>`;
}

function nothing(search: string): string {
  if (search) return `<p class="soft">Nothing is called “${escapeHtml(search)}”.</p>`;
  return `<p class="soft">The shelves are still empty.</p>
<form method="post" action="/stock"><button>Stock the shelves</button></form>`;
}

function productCard({ name, category, priceCents, stock }: Product): string {
  return `<div class="card"><p>${escapeHtml(name)}</p><p class="soft">${escapeHtml(category)} · ${stock} in stock</p>
<p class="price">${money(priceCents)}</p></div>`;
}

function orderTable(orders: Order[]): string {
  const rows = orders.map(
    ({ id, customer, status, items, totalCents, placedAt }) =>
      `<tr><td>${escapeHtml(id)}</td><td>${escapeHtml(customer)}</td><td>${escapeHtml(status)}</td>
<td>${placedAt.toISOString().slice(0, 16).replace("T", " ")} UTC</td><td class="number">${items}</td>
<td class="number">${money(totalCents)}</td></tr>`,
  );
  return `<div class="scroll"><table><thead><tr><th>Order</th><th>Customer</th><th>Status</th><th>Placed</th>
<th class="number">Items</th><th class="number">Total</th></tr></thead><tbody>${rows.join("")}</tbody></table></div>`;
}

const money = (cents: number) => `€ ${(cents / 100).toFixed(2)}`;
