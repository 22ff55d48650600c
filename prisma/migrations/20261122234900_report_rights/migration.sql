-- AlterTable
ALTER TABLE "reports" ADD COLUMN     "rights" TEXT[] DEFAULT ARRAY[]::TEXT[];
