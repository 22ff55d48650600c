const [base, tMin, tMax, skew, damp, firstBias, firstCode] = [36, 1, 26, 38, 700, 72, 128];

/** A host name as people write it, such as bücher.example for xn--bcher-kva.example; what can't be read stays as it is. */
export function unicodeHost(hostname: string): string {
  return hostname
    .split(".")
    .map((label) => (label.startsWith("xn--") ? (decoded(label.slice(4)) ?? label) : label))
    .join(".");
}

/** A label after RFC 3492; null when it is none. */
function decoded(label: string): string | null {
  const basic = Math.max(0, label.lastIndexOf("-"));
  const output = [...label.slice(0, basic)];
  const digits = [...label.slice(basic > 0 ? basic + 1 : 0)].map(digitOf);
  for (let index = 0, code = firstCode, bias = firstBias; digits.length > 0; index++) {
    const delta = takeNumber(digits, bias);
    if (delta === null) return null;
    const length = output.length + 1;
    bias = adapted(delta, length, index === 0 && output.length === basic);
    code += Math.floor((index + delta) / length);
    index = (index + delta) % length;
    if (code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return null;
    output.splice(index, 0, String.fromCodePoint(code));
  }
  return output.join("");
}

function digitOf(digit: string): number {
  if (/[a-z]/.test(digit)) return digit.charCodeAt(0) - 97;
  return /\d/.test(digit) ? Number(digit) + 26 : Number.NaN;
}

/** Takes one number of variable length from the front of the digits. */
function takeNumber(digits: number[], bias: number): number | null {
  for (let value = 0, weight = 1, k = base; ; k += base) {
    const digit = digits.shift();
    if (digit === undefined || Number.isNaN(digit)) return null;
    value += digit * weight;
    if (value > 0x7fffffff) return null;
    const threshold = Math.min(tMax, Math.max(tMin, k - bias));
    if (digit < threshold) return value;
    weight *= base - threshold;
  }
}

function adapted(delta: number, length: number, first: boolean): number {
  let rest = first ? Math.floor(delta / damp) : delta >> 1;
  rest += Math.floor(rest / length);
  let k = 0;
  for (; rest > ((base - tMin) * tMax) >> 1; k += base) rest = Math.floor(rest / (base - tMin));
  return k + Math.floor(((base - tMin + 1) * rest) / (rest + skew));
}
