import { register } from "tsx/esm/api";

// The web process, as the supervisor starts it. Only our own modules go through tsx: Next loads its chunks by itself.
register();
const { runWeb } = await import("../lib/web/main.ts");
await runWeb(process.argv.slice(2));
