import { type AuditEnd, type AuditRow, endMac, linkHash } from "@/lib/gate/audit-chain";

/** A row as it is stored. */
export type Link = AuditRow & { hash: string | null };

/** The trail's end as it is stored. */
export type StoredEnd = AuditEnd & { mac: string };

/** An end that somebody noted elsewhere. */
export type Noted = { id: bigint; hash: string };

/** What is wrong first: a row by its id, or `audit_head`, and the problem in words. */
export type Bad = { id: string; problem: string };

const changed = "is not as it was written: it was changed, or another row was put in its place";

/** Walks along the trail, row by row in the order of ids, until something is wrong. Holds no row. */
export class ChainWalk {
  checked = 0;
  older = 0;
  private last: { id: bigint; hash: string };
  private bad: Bad | undefined;
  private readonly forgedEnd: boolean;

  constructor(
    private readonly key: string | undefined,
    private readonly end: StoredEnd,
    private readonly noted?: Noted,
  ) {
    this.last = { id: end.since, hash: "" };
    const begun = end.seq !== end.since || end.hash !== "" || end.mac !== "";
    this.forgedEnd = key === undefined ? begun : end.mac !== endMac(key, end);
  }

  /** Looks at the next row; false once something was wrong. */
  take(row: Link): boolean {
    const problem = row.id <= this.end.since ? this.beforeChain(row) : this.inChain(row);
    if (problem) this.bad = problem;
    return problem === undefined;
  }

  /** What is wrong first, after the last row. */
  finish(): Bad | undefined {
    const end = this.endProblem();
    if (end) return { id: "audit_head", problem: this.bad ? `${end} Row ${this.bad.id} ${this.bad.problem}` : end };
    return this.bad ?? this.cutOff() ?? this.setBack();
  }

  /** Where the trail ends, as id:hash; null before its first link. */
  endText(): string | null {
    return this.last.hash === "" ? null : `${this.last.id}:${this.last.hash}`;
  }

  private beforeChain(row: Link): Bad | undefined {
    if (row.id < 1n || this.end.since === 0n)
      return { id: String(row.id), problem: "stands before the trail's first row: it was put there." };
    this.older++;
    if (row.hash === null) return undefined;
    return { id: String(row.id), problem: "has a hash, though the chain begins later: it was put there." };
  }

  private inChain({ hash, ...row }: Link): Bad | undefined {
    const expected = this.last.id + 1n;
    const id = String(row.id);
    if (row.id < expected) return { id, problem: "stands in the trail twice." };
    if (row.id > expected) return { id: String(expected), problem: `${missing(expected, row.id - 1n)}.` };
    if (!this.forgedEnd && row.id > this.end.seq) return { id, problem: "was added behind the trail's end." };
    if (this.key === undefined || hash === null)
      return { id, problem: "has no hash of Tenantry's: it was not written by it, or was changed." };
    if (linkHash(this.key, this.last.hash, row) !== hash) return { id, problem: `${changed}.` };
    this.checked++;
    this.last = { id: row.id, hash };
    if (this.noted?.id === row.id && this.noted.hash !== hash)
      return { id, problem: "has another hash than was noted: the trail was set back and written anew from there." };
    return undefined;
  }

  private endProblem(): string | undefined {
    if (!this.forgedEnd) return undefined;
    const known = "The trail's end (the table audit_head) was not written by Tenantry: it was changed or reset.";
    return this.key === undefined ? "The chain's key (the table sealed_keys) is gone, or its end was made up." : known;
  }

  private cutOff(): Bad | undefined {
    const { seq, hash } = this.end;
    const from = this.last.id + 1n;
    if (from <= seq)
      return { id: String(from), problem: `${missing(from, seq)}: the trail's newest rows were cut off.` };
    return this.last.hash === hash ? undefined : { id: String(seq), problem: `${changed}.` };
  }

  private setBack(): Bad | undefined {
    if (!this.noted || (this.noted.id <= this.last.id && this.noted.id > this.end.since)) return undefined;
    const problem =
      this.noted.id > this.last.id
        ? `was noted as the end, but the trail ends at ${this.last.id}: it was set back to an earlier state.`
        : "was noted as the end, but the chain begins later: it was begun anew.";
    return { id: String(this.noted.id), problem };
  }
}

function missing(first: bigint, last: bigint): string {
  return first === last ? "is missing" : `is missing, with all rows up to ${last}`;
}
