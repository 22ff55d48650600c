import { connect } from "node:net";
import { type Check, ok, type Verdict, warning, wrong } from "./check";

/** Where an installation's processes listen. Undefined: it has none of that kind. */
export type Ports = {
  host: string;
  web: number;
  app: number | undefined;
  /** The embedded PostgreSQL's, and the port on which it runs now by its own word (undefined: it does not run). */
  database: { wanted: number; running: number | undefined } | undefined;
  /** Whether a supervisor runs in the data folder. */
  running: boolean;
};

/** Each port is ours while Tenantry runs, and free while it does not. */
export function portChecks(ports: Ports): Check[] {
  const { host, web, app, database } = ports;
  return [
    { id: "web", about: `The console's port ${web}`, look: () => webPort(host, web, ports.running) },
    ...(app === undefined
      ? []
      : [{ id: "app", about: `The sample app's port ${app}`, look: () => appPort(app, ports.running) }]),
    ...(database
      ? [
          {
            id: "database-port",
            about: `The embedded PostgreSQL's port ${database.wanted}`,
            look: () => databasePort(database, ports.running),
          },
        ]
      : []),
  ];
}

async function webPort(host: string, port: number, running: boolean): Promise<Verdict> {
  const address = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
  if (!(await listens(address, port))) return free(running, "npm start says what is wrong with it.");
  const answer = await fetch(
    `http://${address.includes(":") ? `[${address}]` : address}:${port}/api/tenancy/health/live`,
    {
      signal: AbortSignal.timeout(5000),
    },
  ).catch(() => undefined);
  const state: unknown = await answer?.json().catch(() => undefined);
  const ours = typeof state === "object" && state !== null && "state" in state && state.state === "ok";
  if (ours) return ok("The console answers.");
  return taken(port, "PORT");
}

async function appPort(port: number, running: boolean): Promise<Verdict> {
  if (!(await listens("127.0.0.1", port))) {
    return running
      ? warning(
          "Nothing listens there, although Tenantry runs.",
          "The sample app is started again by itself; look at what npm start says.",
        )
      : ok("It is free, and Tenantry is not running.");
  }
  return running ? ok("Something answers, as it should while Tenantry runs.") : taken(port, "TENANTRY_APP_PORT");
}

async function databasePort({ wanted, running }: NonNullable<Ports["database"]>, started: boolean): Promise<Verdict> {
  if (running !== undefined) return ok(`The embedded PostgreSQL runs on port ${running}.`);
  if (await listens("127.0.0.1", wanted)) return taken(wanted, "TENANTRY_PG_PORT");
  return free(started, "Look at postgres.log in the data folder.");
}

const free = (running: boolean, todo: string): Verdict =>
  running
    ? wrong("Nothing listens there, although Tenantry runs.", todo)
    : ok("It is free, and Tenantry is not running.");

const taken = (port: number, setting: string): Verdict =>
  wrong(
    `Port ${port} is taken by another program.`,
    `Stop that program, or choose another port: ${setting}=… npm start`,
  );

/** Whether something takes connections there. */
function listens(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 2000 });
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once("connect", () => end(true));
    socket.once("timeout", () => end(false));
    socket.once("error", () => end(false));
  });
}
