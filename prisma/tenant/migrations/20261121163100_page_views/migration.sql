-- What visitors look at: the table that grows.

CREATE TABLE "page_views" (
  "id"         BIGINT GENERATED ALWAYS AS IDENTITY,
  "product_id" BIGINT,
  "path"       TEXT           NOT NULL,
  "visitor"    UUID           NOT NULL,
  "detail"     JSONB          NOT NULL DEFAULT '{}',
  "viewed_at"  TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT "page_views_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "page_views_product_id_fkey" FOREIGN KEY ("product_id") REFERENCES "products" ("id") ON DELETE SET NULL
);

CREATE INDEX "page_views_viewed_at_idx" ON "page_views" USING brin ("viewed_at");
CREATE INDEX "page_views_product_id_idx" ON "page_views" ("product_id") WHERE "product_id" IS NOT NULL;
