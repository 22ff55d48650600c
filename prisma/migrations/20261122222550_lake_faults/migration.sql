-- CreateTable
CREATE TABLE "lake_faults" (
    "day" DATE NOT NULL,
    "words" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "lake_faults_pkey" PRIMARY KEY ("day")
);
