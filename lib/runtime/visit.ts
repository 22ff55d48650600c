import { canonicalAddress } from "@/lib/kernel/addresses";
import type { HostQuery, HostReader } from "./host";
import { type AppRequest, headerOf, ownHost, type Target, targetOf, type Visit } from "./request";
import { type Forwarded, forwardedOf, type Trusts } from "./trusted";

/** How a runtime reads requests. */
export type Reading = { hosts: HostReader; trusts: Trusts };

/** Reads a request; null when it is so odd that two programs could disagree about whose it is. */
export function readVisit(request: AppRequest, reading: Reading): Visit | null {
  const target = targetOf(request);
  const own = target && ownHost(request, target);
  if (target === null || own === null) return null;
  const peer = request.address ?? request.socket?.remoteAddress ?? null;
  const forwarded =
    peer && reading.trusts(peer) ? forwardedOf((name) => headerOf(request, name), peer, reading.trusts) : null;
  if (forwarded?.host === null) return null;
  return new ReadVisit(request, target, forwarded?.host ?? own, peer, forwarded, reading.hosts);
}

/** A class for the sake of speed: one is made for each request, and most of what it can tell is never asked. */
class ReadVisit implements Visit {
  readonly request: AppRequest;
  readonly host: string | undefined;
  readonly #hosts: HostReader;
  readonly #peer: string | null;
  readonly #target: Target;
  readonly #forwarded: Forwarded | null;
  #asks: HostQuery | null | undefined;

  constructor(
    request: AppRequest,
    target: Target,
    host: string | undefined,
    peer: string | null,
    forwarded: Forwarded | null,
    hosts: HostReader,
  ) {
    this.request = request;
    this.host = host;
    this.#target = target;
    this.#peer = peer;
    this.#forwarded = forwarded;
    this.#hosts = hosts;
  }

  get method(): string {
    return this.request.method ?? "GET";
  }

  get path(): string {
    return this.#target.path;
  }

  get search(): string {
    return this.#target.search;
  }

  get asks(): HostQuery | null {
    if (this.#asks === undefined) this.#asks = this.#hosts.read(this.host);
    return this.#asks;
  }

  header(name: string): string | undefined {
    return headerOf(this.request, name);
  }

  address(): string | null {
    return this.#forwarded ? this.#forwarded.address : canonicalAddress(this.#peer ?? "");
  }

  https(): boolean {
    const { https, socket } = this.request;
    return this.#forwarded?.https ?? https ?? this.#target.https ?? socket?.encrypted ?? false;
  }
}
