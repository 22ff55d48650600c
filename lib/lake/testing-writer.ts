import { setMaxListeners } from "node:events";
import { controlDb } from "@/lib/platform/prisma";
import { keepLake } from "./keep-lake";

/** A worker's lake in a process of its own, that a test can kill: `testing-writer.ts <folder>`. */
const { signal } = new AbortController();
setMaxListeners(0, signal);
await keepLake({ folder: process.argv[2] ?? "", level: "minute" }, () => new Date(), signal);
await controlDb().$disconnect();
