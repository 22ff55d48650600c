/**
 * What `zod` is in the browser (see next.config.ts): it notes down how shapes are made, and makes them with the real zod
 * when something is checked for the first time. A page is there long before that, and needs neither zod's 40 kB nor the
 * hundreds of shapes of the contracts that it knows. See docs/decisions/0029-speed-of-the-console.md.
 */
type Zod = typeof import("./real-zod").zod;
type Step = { make: () => unknown; facts: Facts };
/** What of a shape is asked for while modules load, and known without zod. */
type Facts = { shape?: Record<string, unknown>; options?: readonly unknown[] };
type Checks = { parse: (value: unknown) => unknown; safeParse: (value: unknown) => unknown };

let zod: Zod | undefined;
let loading: Promise<Zod> | undefined;
const steps = new WeakMap<object, Step>();

/** Fetches the real zod, once. */
export function loadZod(): Promise<unknown> {
  loading ??= import("./real-zod").then((module) => {
    zod = module.zod;
    return zod;
  });
  return loading;
}

export const z = noted({ make: realZod, facts: {} });

function realZod(): Zod {
  if (!zod) throw new Error("zod is not loaded yet: await parseAsync or safeParseAsync.");
  return zod;
}

function noted(step: Step): object {
  let made: { value: unknown } | undefined;
  const once: Step = {
    facts: step.facts,
    make: () => {
      made ??= { value: step.make() };
      return made.value;
    },
  };
  const node = new Proxy(() => undefined, {
    get: (_, name) => (typeof name === "symbol" || name === "then" ? undefined : member(node, once, name)),
  });
  steps.set(node, once);
  return node;
}

function member(node: object, step: Step, name: string): unknown {
  if (name === "shape" || name === "options") return step.facts[name];
  if (name === "parseAsync") return async (value: unknown) => (await checks(step)).parse(value);
  if (name === "safeParseAsync") return async (value: unknown) => (await checks(step)).safeParse(value);
  // What a form holds is checked again by the API: it goes there unchecked in the moment before zod is here.
  if (name === "safeParse" && !zod) return (data: unknown) => ({ success: true, data });
  if (name === "parse" || name === "safeParse") return (step.make() as Checks)[name];
  return node === z && !isMaker(name) ? namespace(step, name) : maker(step, name);
}

async function checks(step: Step): Promise<Checks> {
  await loadZod();
  return step.make() as Checks;
}

const namespaces = new Set(["iso", "coerce", "NEVER"]);
const isMaker = (name: string) => !namespaces.has(name);

/** A part of zod that is no function: `z.iso`, `z.coerce`, `z.NEVER`. */
function namespace(step: Step, name: string): object {
  return noted({ make: () => Reflect.get(Object(step.make()), name), facts: {} });
}

/** A function of zod or of a shape: what it is given is noted, and what it answers is noted down in turn. */
function maker(step: Step, name: string): (...given: unknown[]) => object {
  return (...given) =>
    noted({
      make: () => {
        const owner = Object(step.make());
        return Reflect.apply(Reflect.get(owner, name), owner, given.map(real));
      },
      facts: factsOf(step.facts, name, given),
    });
}

function factsOf(before: Facts, name: string, [first]: unknown[]): Facts {
  const given = Object(first);
  if (name === "object" || name === "strictObject") return { shape: given };
  if (name === "enum") return { options: Object.values(given) };
  const { shape = {} } = before;
  if (name === "extend") return { shape: { ...shape, ...given } };
  if (name === "omit") return { shape: keep(shape, (field) => !(field in given)) };
  if (name === "pick") return { shape: keep(shape, (field) => field in given) };
  return before;
}

function keep(shape: Record<string, unknown>, wanted: (field: string) => boolean): Record<string, unknown> {
  return Object.fromEntries(Object.entries(shape).filter(([field]) => wanted(field)));
}

/** The real thing for what was noted, in objects and lists too; a function's answer likewise. */
function real(value: unknown): unknown {
  if (typeof value === "function") {
    const step = steps.get(value);
    return step ? step.make() : (...given: unknown[]) => real(value(...given));
  }
  if (Array.isArray(value)) return value.map(real);
  if (typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype)
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, real(part)]));
  return value;
}
