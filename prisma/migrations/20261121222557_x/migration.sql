-- DropIndex
DROP INDEX "bulk_items_open";

-- CreateIndex
CREATE INDEX "bulk_items_open" ON "bulk_items"("tenant_id") WHERE (status IN ('pending', 'running'));
