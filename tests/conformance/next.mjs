// node next.mjs <next15|next16> <jobs.json>: the routes and the gate of each app by Next's own build functions, one line of JSON each.
// Nothing of the app is run: its configuration comes with the job ({dir, config}), its modules are parsed by Next's own compiler.
import fs from "node:fs";
import Module, { createRequire } from "node:module";
import path from "node:path";

const [, , name, jobs] = process.argv;
const home = path.join(import.meta.dirname, "node_modules", name);

// Next requires itself by its own name, which is not the one it is installed under here.
const resolve = Module._resolveFilename;
Module._resolveFilename = function (request, parent, ...rest) {
  const own = request === "next" || request.startsWith("next/") ? path.join(home, request.slice(4)) : request;
  return resolve.call(this, own, parent, ...rest);
};
process.env.NODE_ENV = "production";
process.env.NEXT_TELEMETRY_DISABLED = "1";
process.env.NEXT_COMPILER_NAME = "server"; // the one that says which configuration it cannot read
const print = console.log;
const logged = [];
for (const level of ["log", "info", "warn", "error"]) console[level] = (...words) => logged.push(words.join(" ")); // they would stand between the lines
const exit = process.exit;
process.exit = (status) => { // what it does with a configuration that it refuses
  throw new Error(`exit ${status}: ${logged.slice(-3).join(" ")}`);
};

const require = createRequire(path.join(home, "package.json"));
const next = (file) => require(path.join(home, "dist", file));
await next("build/swc").loadBindings();
const { getPageStaticInfo } = next("build/analysis/get-page-static-info");
const { getMiddlewareRouteMatcher } = next("shared/lib/router/utils/middleware-route-matcher");
const { isMetadataRouteFile } = next("lib/metadata/is-metadata-route");
const { default: loadConfig } = next("server/config");
const { findPagesDir } = next("lib/find-pages-dir");
const { createValidFileMatcher } = next("server/lib/find-page-file");
const { PAGE_TYPES } = next("lib/page-types");
const { isAPIRoute } = next("lib/is-api-route");
const entries = next("build/entries");
const PAGES_ALIAS = "private-next-pages";
const major = Number.parseInt(require(path.join(home, "package.json")).version);

/** The routes as `next build` collects them; 16 has one function for it. */
async function discover(dir, config, pagesDir, appDir, matcher) {
  const isSrcDir = path.relative(dir, pagesDir ?? appDir).startsWith("src");
  const pageExtensions = config.pageExtensions;
  if (major >= 16) {
    const { discoverRoutes } = next("build/route-discovery");
    return discoverRoutes({ appDir, pagesDir, pageExtensions, isDev: false, baseDir: dir, isSrcDir });
  }
  const map = (pagePaths, pagesType) =>
    entries.createPagesMapping({ pagePaths, isDev: false, pagesType, pageExtensions, pagesDir, appDir, appDirOnly: !pagesDir });
  const found = { appRoutes: [], appRouteHandlers: [], mappedPages: {} };
  if (pagesDir) {
    found.mappedPages = await map(await entries.collectPagesFiles(pagesDir, matcher), PAGE_TYPES.PAGES);
  }
  if (appDir) {
    const mapped = await map((await entries.collectAppFiles(appDir, matcher)).appPaths, PAGE_TYPES.APP);
    Object.assign(found, entries.processAppRoutes(mapped, matcher, dir, path.relative(dir, appDir).startsWith("src")));
  }
  return found;
}

async function gates(dir, config, root, pathnames) {
  const found = [];
  for (const file of fs.readdirSync(root).sort()) {
    const kind = new RegExp(`^(middleware|proxy)\\.(?:${config.pageExtensions.join("|")})$`).exec(file)?.[1];
    if (!kind || (kind === "proxy" && major < 16)) continue;
    const pageFilePath = path.join(root, file);
    const said = { kind, file: path.relative(dir, pageFilePath), matchers: null, runs: null, error: null };
    try {
      logged.length = 0;
      const page = `/${path.relative(dir, path.join(root, kind))}`;
      const info = await getPageStaticInfo({ nextConfig: config, pageFilePath, isDev: false, page, pageType: PAGE_TYPES.ROOT });
      const unread = logged.find((line) => line.includes("can't recognize the exported `config` field"));
      if (unread) throw new Error(unread); // `next build` ends with it
      const matchers = info.middleware?.matchers;
      said.matchers = matchers?.map(({ originalSource, regexp }) => [originalSource, regexp]) ?? null;
      const runs = getMiddlewareRouteMatcher(matchers ?? [{ regexp: "^.*$", originalSource: "/:path*" }]);
      const prefix = (config.basePath ?? "") + (config.i18n ? `/${config.i18n.defaultLocale}` : "");
      const request = { headers: {}, cookies: {} };
      const at = (one) => (prefix ? `${prefix}${one === "/" ? "" : one}` : one);
      said.runs = pathnames.filter((one) => !one.includes("[")).map((one) => [one, Boolean(runs(at(one), request, {}))]);
    } catch (error) {
      said.error = String(error.message);
    }
    found.push(said);
  }
  return found;
}

async function read({ dir, config: written }) {
  const config = await loadConfig("phase-production-build", dir, { customConfig: written, silent: true });
  const { pagesDir, appDir } = findPagesDir(dir);
  const matcher = createValidFileMatcher(config.pageExtensions, appDir);
  const found = await discover(dir, config, pagesDir, appDir, matcher);
  const file = (row) => path.resolve(dir, row.filePath);
  const own = (row) => file(row).startsWith(dir + path.sep) && fs.existsSync(file(row));
  const kind = (row, usual) =>
    isMetadataRouteFile(file(row).slice(appDir.length), config.pageExtensions, true) ? "metadata" : usual;
  const routes = [
    ...found.appRoutes.filter(own).map((row) => [row.route, kind(row, "page"), file(row)]),
    ...found.appRouteHandlers.filter(own).map((row) => [row.route, kind(row, "handler"), file(row)]),
    // Not the list that is made for display: it leaves out `/api` itself.
    ...Object.entries(found.mappedPages ?? {})
      .filter(([route, at]) => at.startsWith(PAGES_ALIAS) && !/^\/(_app|_document|_error)$/.test(route))
      .map(([route, at]) => [route, isAPIRoute(route) ? "handler" : "page", pagesDir + at.slice(PAGES_ALIAS.length)]),
  ].map(([route, is, at]) => [route, is, path.relative(dir, at)]);
  const pathnames = [...new Set(routes.filter(([, is]) => is !== "metadata").map(([route]) => route))];
  return { routes, gates: await gates(dir, config, path.dirname(pagesDir ?? appDir), pathnames) };
}

for (const job of JSON.parse(fs.readFileSync(jobs, "utf8"))) {
  let said;
  try {
    said = { dir: job.dir, error: null, ...(await read(job)) };
  } catch (error) {
    said = { dir: job.dir, error: String(error.message), routes: [], gates: [] };
  }
  print(JSON.stringify(said));
}
exit(0);
