import type { Plan } from "@/lib/kernel/naming";

/** What a tenant's traffic looks like over time. */
export const shapes = ["steady", "wave", "noisy", "spiky", "growing", "memory", "reader", "idle"] as const;

export type Shape = (typeof shapes)[number];

/** A tenant of the demo. `rows` is the number of orders it starts with, `storageMb` a limit that it can come near. */
export type DemoTenant = { slug: string; name: string; plan: Plan; shape: Shape; rows: number; storageMb?: number };

/** The twelve tenants of the demo: varied names, plans, sizes and traffic. */
export const demoTenants: readonly DemoTenant[] = [
  { slug: "aurora-coffee", name: "Aurora Coffee Roasters", plan: "starter", shape: "steady", rows: 4_000 },
  { slug: "nordlys", name: "Nordlys Fjellsport AS", plan: "business", shape: "wave", rows: 12_000, storageMb: 32 },
  { slug: "kurashi", name: "暮らしの種", plan: "business", shape: "wave", rows: 8_000 },
  {
    slug: "hephaestus",
    name: "Hephaestus Foundry & Industrial Fasteners Wholesale Cooperative of the Upper Rhine Valley",
    plan: "enterprise",
    shape: "noisy",
    rows: 60_000,
    storageMb: 75,
  },
  { slug: "lumen-lab", name: "Lumen Laboratory Supply", plan: "enterprise", shape: "memory", rows: 40_000 },
  { slug: "verdant", name: "Verdant Growers", plan: "business", shape: "growing", rows: 10_000, storageMb: 110 },
  { slug: "saffron-market", name: "Saffron Market", plan: "starter", shape: "spiky", rows: 6_000 },
  { slug: "atlas-maps", name: "Atlas Map Archive", plan: "business", shape: "reader", rows: 30_000 },
  { slug: "manara-books", name: "مكتبة المنارة", plan: "starter", shape: "steady", rows: 2_500 },
  { slug: "tidewater", name: "Tidewater Charters", plan: "starter", shape: "spiky", rows: 1_500 },
  { slug: "paperkite", name: "Paperkite", plan: "free", shape: "idle", rows: 300 },
  { slug: "quiet-harbour", name: "Quiet Harbour Yoga", plan: "free", shape: "idle", rows: 120 },
];
