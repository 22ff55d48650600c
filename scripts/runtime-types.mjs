import { builtinModules } from "node:module";
import { dirname, join, relative } from "node:path";
import ts from "typescript";

/**
 * The declarations that a module of ours reaches (path in the package to text; its own is `name`), with imports that
 * Node's rules find, and the libraries that they import. Stops with the compiler's words when something is wrong.
 */
export function declarations(root, entry, name) {
  const made = compile(root, entry);
  const start = entry.replace(/\.ts$/, ".d.ts");
  const place = (path) => (path === start ? name : join("types", relative(join(root, "lib"), path)));
  const files = new Map();
  const libraries = new Set();
  const left = [start];
  for (let path = left.pop(); path; path = left.pop()) {
    if (files.has(place(path))) continue;
    let text = made.get(path);
    if (text === undefined) throw new Error(`There is no declaration ${path}.`);
    // From the end, so that the positions before stay right. A position is that of the quote.
    for (const { fileName, pos, end } of ts.preProcessFile(text).importedFiles.toReversed()) {
      const target = ourFile(root, path, fileName);
      const library = target ? undefined : packageOf(fileName);
      if (library) libraries.add(library);
      if (!target) continue;
      left.push(target);
      text = text.slice(0, pos + 1) + specifier(place(path), place(target)) + text.slice(end + 1);
    }
    files.set(place(path), text);
  }
  return { files, libraries };
}

/** The package of an import; undefined for Node's own modules. */
export function packageOf(path) {
  if (path.startsWith("node:") || builtinModules.includes(path)) return undefined;
  return path
    .split("/")
    .slice(0, path.startsWith("@") ? 2 : 1)
    .join("/");
}

function compile(root, entry) {
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  const emitting = { declaration: true, emitDeclarationOnly: true, noEmit: false, incremental: false };
  const program = ts.createProgram([entry], { ...options, ...emitting, rootDir: root, outDir: root });
  const wrong = ts.getPreEmitDiagnostics(program);
  if (wrong.length > 0) {
    console.error(ts.formatDiagnostics(wrong, ts.createCompilerHost(options)));
    process.exit(1);
  }
  const made = new Map();
  program.emit(undefined, (path, text) => made.set(path, text));
  return made;
}

/** The declaration of ours that an import means; undefined for a library's. */
function ourFile(root, from, name) {
  if (name.startsWith("@/")) return join(root, `${name.slice(2)}.d.ts`);
  return name.startsWith(".") ? join(dirname(from), `${name}.d.ts`) : undefined;
}

function specifier(from, target) {
  const path = relative(dirname(from), target)
    .replaceAll("\\", "/")
    .replace(/\.d\.ts$/, ".js");
  return path.startsWith(".") ? path : `./${path}`;
}
