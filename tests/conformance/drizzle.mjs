// What drizzle-kit makes of schemas: `node drizzle.mjs JOB…`, each a JSON object {dialect, casing, files: [path]};
// one line of JSON each: {files, snapshot} or {files, error}.
// The files are bundled by esbuild, with what they import from the repository, and run: only schemas of our own are given here.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { createRequire } from "node:module";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const kit = createRequire(import.meta.url)("drizzle-kit/api");

// a fixture has no node_modules: its workspace packages are found by the manifests above and beside it
const workspaces = (packages) => ({
  name: "workspaces",
  setup(context) {
    context.onResolve({ filter: /^@[a-z]+\// }, ({ path, resolveDir }) => {
      const [scope, name, ...rest] = path.split("/");
      const home = packages[`${scope}/${name}`];
      if (!home) return undefined;
      return context.resolve(rest.length ? `./src/${rest.join("/")}` : "./src/index", { resolveDir: home, kind: "import-statement" });
    });
    context.onResolve({ filter: /^#/ }, async ({ path, importer }) => {
      for (let at = dirname(importer); ; at = dirname(at)) {
        try {
          const target = JSON.parse(readFileSync(join(at, "package.json"), "utf8")).imports?.[path];
          if (target) return context.resolve(target.replace(/\.js$/, ""), { resolveDir: at, kind: "import-statement" });
        } catch {}
        if (at === dirname(at)) return undefined;
      }
    });
    context.onResolve({ filter: /^~\// }, ({ path, importer }) => {
      const at = importer.indexOf("/src/");
      return context.resolve(`./${path.slice(2)}`, { resolveDir: importer.slice(0, at + 4), kind: "import-statement" });
    });
    context.onResolve({ filter: /^drizzle-orm/ }, ({ path }) => ({ path, external: true }));
  },
});

async function snapshot({ dialect, casing: said, files, packages = {} }) {
  const casing = said ?? undefined;
  const folder = mkdtempSync(join(here, "node_modules/.schema-"));
  try {
    const entry = files.map((file, at) => `export * as f${at} from ${JSON.stringify(file)};`).join("\n");
    const out = join(folder, "schema.mjs");
    writeFileSync(join(folder, "entry.ts"), entry);
    await build({ entryPoints: [join(folder, "entry.ts")], outfile: out, bundle: true, format: "esm", platform: "node", external: ["postgres", "@libsql/client", "mysql2"], plugins: [workspaces(packages)], tsconfigRaw: {}, logLevel: "silent" });
    const modules = await import(pathToFileURL(out).href);
    const all = {};
    const seen = new Set();
    for (const module of Object.values(modules))
      for (const [name, value] of Object.entries(module)) {
        if (seen.has(value)) continue;
        seen.add(value);
        all[name in all ? `${name}_${seen.size}` : name] = value;
      }
    const generate = {
      postgresql: () => kit.generateDrizzleJson(all, undefined, undefined, casing),
      mysql: () => kit.generateMySQLDrizzleJson(all, undefined, casing),
      sqlite: () => kit.generateSQLiteDrizzleJson(all, undefined, casing),
      singlestore: () => kit.generateSingleStoreDrizzleJson(all, undefined, casing),
    }[dialect];
    return await generate();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

for (const text of process.argv.slice(2)) {
  const job = JSON.parse(text);
  let answer;
  try {
    answer = { files: job.files, snapshot: await snapshot(job) };
  } catch (error) {
    answer = { files: job.files, error: String(error?.message ?? error) };
  }
  process.stdout.write(JSON.stringify(answer) + "\n");
}
