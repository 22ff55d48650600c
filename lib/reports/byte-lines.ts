/** What a chunk begins with room for, in bytes. */
const room = 262_144;

/** Text that is written as UTF-8 at once: a million rows as strings that are put together would fill the heap in between. */
export class ByteLines {
  #bytes = Buffer.allocUnsafeSlow(room);
  #at = 0;

  write(text: string): void {
    // One unit of a string takes three bytes at most.
    const most = this.#at + 3 * text.length;
    if (most > this.#bytes.length) this.#grow(most);
    this.#at += this.#bytes.write(text, this.#at);
  }

  /** What was written since it was last taken. */
  take(): Uint8Array {
    const taken = this.#bytes.subarray(0, this.#at);
    this.#bytes = Buffer.allocUnsafeSlow(room);
    this.#at = 0;
    return taken;
  }

  #grow(least: number): void {
    const larger = Buffer.allocUnsafeSlow(Math.max(least, 2 * this.#bytes.length));
    this.#bytes.copy(larger, 0, 0, this.#at);
    this.#bytes = larger;
  }
}
