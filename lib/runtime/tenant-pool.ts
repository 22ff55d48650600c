import type pg from "pg";
import { addressOf, type RuntimeTenant } from "./tenant";

/** One open connection of a tenant. */
export type Slot = {
  client: pg.Client;
  /** When it was last given back, in milliseconds. */
  idleSince: number;
  /** The connection broke: it is closed and never lent again. */
  broken: boolean;
  /** It is being closed on purpose. */
  closing: boolean;
  /** Since when it is being made clean behind its last statement, in milliseconds of `performance.now()`. */
  cleaningSince?: number | undefined;
  /** Hears what the connection says by itself (notices, notifications, its end), while it is lent. */
  onEvent?: ((event: SessionEvent, value?: unknown) => void) | undefined;
};

/** What a connection says by itself. */
export type SessionEvent = "notice" | "notification" | "error" | "end";

/** A connection on loan. */
export type Lease = {
  slot: Slot;
  client: Slot["client"];
  /** Whether the connection was lost meanwhile. */
  broken: () => boolean;
  /** Gives the connection back, or has it closed; call it exactly once, when nothing is left but making it clean. */
  release: (close?: boolean) => void;
  /** Gives it back when the clean-up was sent already: true, once it is clean; false, when it has to be done again. */
  releaseClean: (clean: Promise<boolean>) => void;
};

/** The connections of one tenant to one address. It decides nothing: `TenantPools` counts and orders. */
export class TenantPool {
  /** The newest record: the next connection is opened with its secret. */
  tenant: RuntimeTenant;
  readonly address: string;
  readonly idle: Slot[] = [];
  /** Connections open, being opened or being closed, idle or lent. */
  size = 0;
  /** Connections that were given back and are being reset: lent again in a moment. */
  returning = 0;
  /** The tenant changed: what is lent is closed when it comes back, and nothing more is lent. */
  retired = false;

  constructor(tenant: RuntimeTenant) {
    this.tenant = tenant;
    this.address = addressOf(tenant);
  }

  /** The most recently used connection, so that the others grow old and are closed. */
  take(): Slot | undefined {
    return this.idle.pop();
  }

  /** Takes a certain idle connection out, to close it; false when it is lent. */
  remove(slot: Slot): boolean {
    const index = this.idle.indexOf(slot);
    if (index >= 0) this.idle.splice(index, 1);
    return index >= 0;
  }
}
