-- A small shop: who buys, what is sold, and what was ordered.

CREATE TABLE "customers" (
  "id"         BIGINT GENERATED ALWAYS AS IDENTITY,
  "email"      TEXT           NOT NULL,
  "name"       TEXT           NOT NULL,
  "country"    CHAR(2)        NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT "customers_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "customers_email_key" ON "customers" (lower("email"));

CREATE TABLE "products" (
  "id"          BIGINT GENERATED ALWAYS AS IDENTITY,
  "sku"         TEXT           NOT NULL,
  "name"        TEXT           NOT NULL,
  "category"    TEXT           NOT NULL,
  "price_cents" INTEGER        NOT NULL,
  "stock"       INTEGER        NOT NULL DEFAULT 0,
  "created_at"  TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT "products_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "products_price_is_positive" CHECK ("price_cents" > 0)
);

CREATE UNIQUE INDEX "products_sku_key" ON "products" ("sku");
CREATE INDEX "products_category_idx" ON "products" ("category");

CREATE TYPE "order_status" AS ENUM ('placed', 'paid', 'shipped', 'returned');

CREATE TABLE "orders" (
  "id"          BIGINT GENERATED ALWAYS AS IDENTITY,
  "customer_id" BIGINT         NOT NULL,
  "status"      "order_status" NOT NULL DEFAULT 'placed',
  "total_cents" INTEGER        NOT NULL DEFAULT 0,
  "placed_at"   TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT "orders_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "orders_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customers" ("id") ON DELETE RESTRICT
);

CREATE INDEX "orders_placed_at_idx" ON "orders" ("placed_at" DESC, "id" DESC);
CREATE INDEX "orders_customer_id_idx" ON "orders" ("customer_id");

CREATE TABLE "order_items" (
  "order_id"    BIGINT   NOT NULL,
  "position"    SMALLINT NOT NULL,
  "product_id"  BIGINT   NOT NULL,
  "quantity"    SMALLINT NOT NULL,
  "price_cents" INTEGER  NOT NULL,

  CONSTRAINT "order_items_pkey" PRIMARY KEY ("order_id", "position"),
  CONSTRAINT "order_items_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders" ("id") ON DELETE CASCADE,
  CONSTRAINT "order_items_product_id_fkey" FOREIGN KEY ("product_id") REFERENCES "products" ("id") ON DELETE RESTRICT,
  CONSTRAINT "order_items_quantity_is_positive" CHECK ("quantity" > 0)
);

CREATE INDEX "order_items_product_id_idx" ON "order_items" ("product_id");
