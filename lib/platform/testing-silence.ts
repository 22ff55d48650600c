import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** A way to a server on which connections can be cut in silence. */
export type SilentProxy = {
  /** The address that was given, by way of the proxy. */
  url: string;
  /** From now on nothing comes through on the connections that there are; both ends stay open. New ones are forwarded. */
  fallSilent: () => void;
  close: () => Promise<void>;
};

/** Forwards TCP connections to the server of an address until it is told to forward nothing more, as a firewall does. */
export async function silentProxy(address: string): Promise<SilentProxy> {
  const target = new URL(address);
  const links = new Set<{ ends: [Socket, Socket]; open: boolean }>();
  const server = createServer((client) => {
    const link = { ends: [client, connect(Number(target.port), target.hostname)] as [Socket, Socket], open: true };
    links.add(link);
    forward(...link.ends, link);
    forward(link.ends[1], client, link);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const own = new URL(address);
  own.hostname = "127.0.0.1";
  own.port = String((server.address() as AddressInfo).port);
  return {
    url: own.href,
    fallSilent: () => {
      for (const link of links) link.open = false;
    },
    close: async () => {
      for (const { ends } of links) for (const end of ends) end.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function forward(from: Socket, to: Socket, link: { open: boolean }): void {
  from.on("data", (data) => link.open && to.write(data));
  from.on("close", () => link.open && to.destroy());
  from.on("error", () => undefined);
}
