-- AlterTable
ALTER TABLE "servers" ADD COLUMN     "accepting" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "removed_at" TIMESTAMPTZ(3),
ADD COLUMN     "system_id" TEXT;
