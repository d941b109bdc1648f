// What drizzle-kit makes of a schema in somebody else's checkout: `node drizzle_checkout.cjs JOB`, with a JSON object
// {root, config, folders: [where paths may count from], files: [schema files if the configuration names none], packages: {name: folder}}.
// One line of JSON after a mark: {files, inferred, dialect, snapshot, relations, stubbed, failed} or {error}.
//
// THIS RUNS THE CHECKOUT'S CODE, its configuration and its schema. bench/drizzle_agreement.py starts it under Node's permission
// model, in a bare environment, where possible without a network. Nothing of the checkout is installed: packages other than Drizzle's
// are stand-ins that answer anything with another stand-in.
const fs = require("node:fs");
const Module = require("node:module");
const path = require("node:path");
const ts = require("typescript");

const MARK = "@@drizzle@@";
const job = JSON.parse(process.argv[2]);
const inside = (file) => file.startsWith(job.root + path.sep) && !file.includes("/node_modules/");
const stubbed = new Set();
const failed = {};
const silent = () => {};
const environment = process.env;
const exit = process.exit.bind(process);
process.exit = () => {
  throw new Error("it ends the process");
};
for (const name of ["log", "info", "warn", "error", "debug"]) console[name] = silent;

// stand-ins ---------------------------------------------------------------------------------------------------------

const STUB = "__stand_in__";

function standIn(name) {
  const made = new Map();
  const of = (key) => made.get(key) ?? made.set(key, standIn(`${name}.${key}`)).get(key);
  return new Proxy(function () {}, {
    apply: () => of("()"),
    construct: () => of("new"),
    get(target, key) {
      if (key === Symbol.toPrimitive) return () => STUB + name;
      if (key === Symbol.iterator) return [][Symbol.iterator];
      if (key === "toJSON" || key === "toString") return () => STUB + name;
      if (key === "__esModule") return true;
      if (key === "prototype") return target.prototype;
      return typeof key === "symbol" || key === "then" ? undefined : of(key);
    },
  });
}

// variables that are not set have a value that most checks of an environment accept, the next one if the configuration gives nothing
const URLS = ["postgres://user:secret@database.example.test:5432/main", "mysql://user:secret@database.example.test:3306/main", "libsql://database.example.test", "file:./main.db"];
let url = URLS[0];
const pretended = new Proxy({ ...environment, NODE_ENV: "development" }, {
  get: (values, key) => (typeof key !== "string" || key in values || !/^[A-Z]/.test(key) || /^(CI|FORCE_COLOR|NO_COLOR|VERCEL.*)$/.test(key) ? values[key] : url),
});

// modules -----------------------------------------------------------------------------------------------------------

// a path below any node_modules/<workspace package> is a path in that package's folder
function moved(file) {
  const at = file.lastIndexOf("/node_modules/");
  if (at < 0) return file;
  const parts = file.slice(at + "/node_modules/".length).split("/");
  const name = parts.splice(0, parts[0].startsWith("@") ? 2 : 1).join("/");
  return Object.hasOwn(job.packages, name) ? path.join(job.packages[name], ...parts) : file;
}

const quiet = (ask, otherwise) => (file) => {
  try {
    return ask(moved(file));
  } catch {
    return otherwise; // the permission model refuses what lies outside of the checkout
  }
};
const host = {
  ...ts.sys,
  fileExists: quiet((file) => fs.statSync(file).isFile(), false),
  // a package is looked for in folders that are not there, as nothing is installed
  directoryExists: (file) => /\/node_modules(\/@[^/]+)?$/.test(file) || quiet((one) => fs.statSync(one).isDirectory(), false)(file),
  readFile: quiet((file) => fs.readFileSync(file, "utf8"), undefined),
  realpath: (file) => quiet((one) => fs.realpathSync(one), moved(file))(file),
  getDirectories: () => [],
};

const known = new Map();
function options(folder) {
  if (known.has(folder)) return known.get(folder);
  const found = ["tsconfig.json", "jsconfig.json"].map((name) => path.join(folder, name)).find(host.fileExists);
  let said = {};
  if (found) {
    const { config } = ts.readConfigFile(found, host.readFile);
    said = ts.parseJsonConfigFileContent(config ?? {}, { ...host, readDirectory: () => [] }, folder, undefined, found).options;
  } else if (folder !== job.root && inside(folder)) {
    said = options(path.dirname(folder));
  }
  const { baseUrl, paths, pathsBasePath, customConditions } = said;
  const out = { baseUrl, paths, pathsBasePath, customConditions, moduleResolution: ts.ModuleResolutionKind.Bundler, module: ts.ModuleKind.ESNext, allowJs: true, resolveJsonModule: true };
  known.set(folder, out);
  return out;
}

const SOURCE = /\.[cm]?[jt]sx?$/;
const DECLARATION = /\.d\.[cm]?ts$/;
const asWritten = ["", ".ts", ".tsx", ".mts", ".js", ".mjs", "/index.ts", "/index.tsx", "/index.js"];
const readable = (file) => file && inside(file) && host.fileExists(file) && (SOURCE.test(file) || file.endsWith(".json")) && !DECLARATION.test(file);

// a workspace package whose manifest names what a build would make: its source stands for it
function unbuilt(request) {
  const parts = request.split("/");
  const name = parts.splice(0, request.startsWith("@") ? 2 : 1).join("/");
  if (!Object.hasOwn(job.packages, name)) return undefined;
  const home = job.packages[name];
  const { exports: listed, main } = JSON.parse(host.readFile(path.join(home, "package.json")) ?? "{}");
  const targets = [];
  const collect = (value) => (typeof value === "string" ? targets.push(value) : value && Object.values(value).forEach(collect));
  collect(parts.length ? listed?.[`./${parts.join("/")}`] : (listed?.["."] ?? listed ?? main));
  const sources = targets.map((target) => target.replace(/(^|\/)(dist|build|lib|out)\//, "$1src/").replace(/(\.d)?\.[cm]?[jt]s$/, ""));
  const tails = parts.length ? [parts.join("/"), `src/${parts.join("/")}`] : ["src/index", "index", "src"];
  return [...targets, ...sources, ...tails].flatMap((one) => asWritten.map((end) => path.join(home, one + end))).find(readable);
}

function find(request, from) {
  const found = ts.resolveModuleName(request, from, options(path.dirname(from)), host).resolvedModule;
  const file = found && host.realpath(found.resolvedFileName);
  return readable(file) ? file : unbuilt(request);
}

const load = Module._load;
Module._load = function (request, parent, main) {
  if (!parent?.filename || !inside(parent.filename)) return load(request, parent, main);
  if (Module.isBuiltin(request)) return load(request, parent, main);
  if (/^drizzle-(orm|kit)(\/|$)/.test(request)) {
    try {
      return require(request);
    } catch {
      return standIn(request);
    }
  }
  const file = find(request, parent.filename);
  if (file) return load(file, parent, main);
  stubbed.add(request);
  return standIn(request);
};

function compile(module, file) {
  if (!inside(file)) return plain(module, file);
  const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true, jsx: ts.JsxEmit.ReactJSX, allowJs: true, experimentalDecorators: true };
  const fileName = file.replace(/\.[cm]([jt]s)$/, ".$1");
  try {
    const { outputText } = ts.transpileModule(fs.readFileSync(file, "utf8"), { fileName, compilerOptions });
    module._compile(outputText.replace(/\bimport\.meta\b/g, "({ url: `file://${__filename}`, dirname: __dirname, env: process.env })"), file);
  } catch (error) {
    failed[path.relative(job.root, file)] = String(error?.message ?? error).split("\n")[0]; // what it exported before stays
  }
}
const plain = Module._extensions[".js"];
for (const end of [".js", ".jsx", ".mjs", ".cjs", ".ts", ".tsx", ".mts", ".cts"]) Module._extensions[end] = compile;

// the schema --------------------------------------------------------------------------------------------------------

function configuration() {
  if (!job.config) return {};
  const file = path.join(job.root, job.config);
  for (url of URLS) {
    const exported = file.endsWith(".json") ? JSON.parse(fs.readFileSync(file, "utf8")) : require(file);
    const said = exported.default ?? exported;
    if (said && typeof said === "object" && said.schema) {
      for (const name of Object.keys(failed)) if (name === job.config) delete failed[name];
      return said;
    }
    for (const name of Object.keys(require.cache)) if (inside(name)) delete require.cache[name];
  }
  url = URLS[0];
  return {};
}

function named(schema) {
  const entries = [schema].flat().filter((entry) => typeof entry === "string");
  for (const folder of job.folders) {
    const base = path.join(job.root, folder);
    const files = new Set();
    for (const entry of entries) {
      const hits = host.fileExists(path.resolve(base, entry)) || host.directoryExists(path.resolve(base, entry)) ? [path.resolve(base, entry)] : glob(entry, base);
      for (const hit of hits)
        if (!host.directoryExists(hit)) files.add(hit);
        else for (const name of fs.readdirSync(hit)) files.add(path.join(hit, name));
    }
    const kept = [...files].filter((file) => SOURCE.test(file) && readable(file)).sort();
    if (kept.length) return kept;
  }
  return [];
}

// the files and folders that a pattern matches, without links
function glob(pattern, base) {
  const { minimatch } = require("minimatch");
  const wanted = path.relative(base, path.resolve(base, pattern));
  const out = [];
  const enter = (folder, depth) => {
    for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
      const file = path.join(folder, entry.name);
      if (entry.name === "node_modules" || entry.name.startsWith(".") || entry.isSymbolicLink()) continue;
      if (minimatch(path.relative(base, file), wanted)) out.push(file);
      if (entry.isDirectory() && depth < 20) enter(file, depth + 1);
    }
  };
  enter(base, 0);
  return out;
}

const FAMILIES = { PgTable: "postgresql", MySqlTable: "mysql", SQLiteTable: "sqlite", SingleStoreTable: "singlestore" };
const SAID = { postgresql: "postgresql", pg: "postgresql", mysql: "mysql", mysql2: "mysql", sqlite: "sqlite", turso: "sqlite", singlestore: "singlestore" };

function family(value, orm) {
  if (!orm.is(value, orm.Table)) return undefined;
  for (let at = value.constructor; at; at = Object.getPrototypeOf(at)) if (FAMILIES[at[orm.entityKind]]) return FAMILIES[at[orm.entityKind]];
  return undefined;
}

// what relational queries join: rows of table, name, kind, target, own columns, the other table's columns
function relations(values, orm, casing) {
  const key = (table) => [orm.getTableConfig?.(table)?.schema ?? table[orm.Table.Symbol.Schema], table[orm.Table.Symbol.Name]].filter(Boolean).join(".");
  const { CasingCache } = require("drizzle-orm/casing");
  const cache = new CasingCache(casing);
  const names = (columns) => (columns ?? []).map((column) => cache.getColumnCasing(column));
  const out = [];
  for (const value of values) {
    if (!orm.is(value, orm.Relations)) continue;
    for (const [name, one] of Object.entries(value.config(orm.createTableRelationsHelpers(value.table))))
      out.push([key(value.table), name, orm.is(one, orm.One) ? "one" : "many", key(one.referencedTable), names(one.config?.fields), names(one.config?.references)]);
  }
  return out;
}

async function answer() {
  const kit = require("drizzle-kit/api");
  const orm = require("drizzle-orm");
  process.env = pretended;
  const said = configuration();
  let files = named(said.schema);
  const inferred = files.length === 0;
  if (inferred) files = job.files.map((file) => path.join(job.root, file));
  const all = {};
  const seen = new Set();
  const votes = {};
  for (const file of files)
    for (const [name, value] of Object.entries(require(file))) {
      if (value === null || (typeof value !== "object" && typeof value !== "function") || seen.has(value)) continue;
      seen.add(value);
      // a function is a schema's part if it is an enum; a stand-in would answer any question with yes
      if (typeof value === "function" && !(typeof value.enumName === "string")) continue;
      all[name in all ? `${name}_${seen.size}` : name] = value;
      const made = family(value, orm);
      if (made) votes[made] = (votes[made] ?? 0) + 1;
    }
  const first = Object.keys(votes).sort((a, b) => votes[b] - votes[a])[0];
  const wanted = SAID[said.dialect ?? said.driver];
  const dialect = votes[wanted] ? wanted : first;
  const casing = typeof said.casing === "string" ? said.casing : undefined;
  const only = [said.schemaFilter ?? []].flat().filter((one) => typeof one === "string");
  process.env = environment;
  const joined = relations(seen, orm, casing);
  const snapshot = await {
    postgresql: () => kit.generateDrizzleJson(all, undefined, only.length ? only : undefined, casing),
    mysql: () => kit.generateMySQLDrizzleJson(all, undefined, casing),
    sqlite: () => kit.generateSQLiteDrizzleJson(all, undefined, casing),
    singlestore: () => kit.generateSingleStoreDrizzleJson(all, undefined, casing),
    undefined: () => ({ tables: {}, enums: {} }),
  }[dialect]();
  return { files: files.map((file) => path.relative(job.root, file)), inferred, dialect: dialect ?? null, snapshot, relations: joined };
}

const say = (value) => process.stdout.write(`\n${MARK}${JSON.stringify({ ...value, stubbed: [...stubbed].sort(), failed })}\n`, () => exit(0));
process.on("unhandledRejection", silent);
answer().then(say, (error) => say({ error: String(error?.message ?? error).split("\n")[0] }));
