-- AlterTable
ALTER TABLE "report_schedules" ADD COLUMN     "covers" TEXT NOT NULL DEFAULT 'previous';
