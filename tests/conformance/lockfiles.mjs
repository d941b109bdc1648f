// What the package managers' own readers say of lockfiles: node lockfiles.mjs LOCKFILE...
// One line of JSON per file: {file, workspaces: {folder: {name: {specifier, version, target}}}} or {file, error}.
// version is null for a linked folder and for what the reader gives no version; target is a linked workspace's folder.
import fs from 'node:fs';
import path from 'node:path';
import Arborist from '@npmcli/arborist';
import mapWorkspaces from '@npmcli/map-workspaces';
import { parse as parseDependencyPath, refToRelative } from '@pnpm/dependency-path';
import { readWantedLockfile } from '@pnpm/lockfile.fs';
import { readWantedLockfile as readOlderLockfile } from '@pnpm/lockfile-file';
import classic from '@yarnpkg/lockfile';
import { parseSyml } from '@yarnpkg/parsers';
import { parse as parseJsonc } from 'jsonc-parser';
import { parse as parseYaml } from 'yaml';

const FIELDS = ['dependencies', 'devDependencies', 'optionalDependencies'];
const read = (...parts) => fs.readFileSync(path.join(...parts), 'utf8');
const manifest = (...parts) => (fs.existsSync(path.join(...parts, 'package.json')) ? JSON.parse(read(...parts, 'package.json')) : {});
const declared = (value, fields = FIELDS) => Object.assign({}, ...fields.toReversed().map((field) => value[field] ?? {}));

async function npm(folder) {
  const tree = await new Arborist({ path: folder }).loadVirtual();
  const workspaces = {};
  const add = (where, node) => {
    workspaces[where] = {};
    for (const [name, edge] of node.edgesOut) {
      if (edge.type === 'workspace' || !edge.to) continue;
      const target = edge.to.isLink ? path.posix.normalize(path.relative(folder, edge.to.target.path)) : null;
      const version = edge.to.isLink ? null : edge.to.version || null;
      workspaces[where][name] = { specifier: edge.rawSpec, version, target };
    }
  };
  add('.', tree);
  for (const child of tree.fsChildren) add(path.relative(folder, child.path), child);
  return workspaces;
}

async function pnpm(folder, file) {
  const plain = parseYaml(read(file).split(/^---$/m).at(-1));
  const five = parseFloat(plain.lockfileVersion) < 6;
  // pnpm's reader of today takes version 9 alone, the one before it version 6. None is left that takes version 5, where
  // the reference itself holds the version.
  const reader = parseFloat(plain.lockfileVersion) < 9 ? readOlderLockfile : readWantedLockfile;
  const lockfile = five ? { importers: plain.importers ?? { '.': plain } } : await reader(folder, { ignoreIncompatible: false });
  const workspaces = {};
  for (const [where, importer] of Object.entries(lockfile.importers)) {
    workspaces[where] = {};
    for (const [name, reference] of Object.entries(declared(importer))) {
      const specifier = importer.specifiers[name];
      let version = null;
      let target = null;
      if (reference.startsWith('link:')) target = path.posix.join(where, reference.slice('link:'.length));
      else if (five) version = /^(?:\/.+\/)?(\d+\.\d+\.\d+[^_/]*)/.exec(reference)?.[1] ?? plain.packages?.[reference.replace(':./', ':')]?.version ?? null;
      else {
        const key = refToRelative(reference, name);
        version = (key && parseDependencyPath(key).version) ?? lockfile.packages?.[key]?.version ?? null;
      }
      workspaces[where][name] = { specifier, version, target };
    }
  }
  return workspaces;
}

function yarn(folder, file) {
  const text = read(file);
  return text.includes('\n__metadata:') ? berry(folder, text) : yarn1(folder, text);
}

async function folders(folder) {
  const found = await mapWorkspaces({ cwd: folder, pkg: manifest(folder) });
  return ['.', ...[...found.values()].map((place) => path.relative(folder, place))];
}

async function yarn1(folder, text) {
  const entries = classic.parse(text).object;
  const workspaces = {};
  for (const where of await folders(folder)) {
    workspaces[where] = {};
    for (const [name, specifier] of Object.entries(declared(manifest(folder, where)))) {
      const entry = entries[`${name}@${specifier}`] ?? entries[`${name}@${manifest(folder).resolutions?.[name]}`];
      if (entry) workspaces[where][name] = { specifier, version: entry.version, target: null };
    }
  }
  return workspaces;
}

function berry(folder, text) {
  const entries = new Map();
  const projects = [];
  for (const [key, entry] of Object.entries(parseSyml(text))) {
    if (key === '__metadata') continue;
    for (const descriptor of key.split(', ')) entries.set(descriptor.replace(/::.*/, ''), entry);
    if (entry.resolution.includes('@workspace:')) projects.push(entry);
  }
  const settings = fs.existsSync(path.join(folder, '.yarnrc.yml')) ? parseYaml(read(folder, '.yarnrc.yml')) : {};
  const resolutions = manifest(folder).resolutions ?? {};
  const workspaces = {};
  for (const project of projects) {
    const [owner, where] = project.resolution.split('@workspace:');
    workspaces[where] = {};
    for (const [name, specifier] of Object.entries({ ...project.dependencies, ...project.optionalDependencies })) {
      let range = specifier;
      if (range.startsWith('catalog:')) {
        const catalog = range.slice('catalog:'.length);
        range = (catalog ? settings.catalogs?.[catalog] : settings.catalog)?.[name] ?? range;
      }
      const bare = range.replace(/^npm:/, '');
      const instead = resolutions[`${owner}/${name}`] ?? resolutions[name] ?? resolutions[`${name}@npm:${bare}`] ?? range;
      const entry = entries.get(`${name}@npm:${instead}`) ?? entries.get(`${name}@${instead}`);
      if (!entry) continue;
      const linked = entry.version === '0.0.0-use.local';
      const target = entry.resolution.includes('@workspace:') ? entry.resolution.split('@workspace:')[1] : null;
      workspaces[where][name] = { specifier, version: linked ? null : entry.version, target };
    }
  }
  return workspaces;
}

function bun(folder, file) {
  const lockfile = parseJsonc(read(file), [], { allowTrailingComma: true });
  const workspaces = {};
  for (const [where, value] of Object.entries(lockfile.workspaces)) {
    workspaces[where || '.'] = {};
    for (const [name, specifier] of Object.entries(declared(value))) {
      const entry = (where && lockfile.packages[`${value.name}/${name}`]) || lockfile.packages[name];
      if (!entry) continue;
      const reference = entry[0].slice(entry[0].indexOf('@', 1) + 1);
      const target = reference.startsWith('workspace:') ? reference.slice('workspace:'.length) : null;
      workspaces[where || '.'][name] = { specifier, version: /^\d+\.\d+\.\d+/.test(reference) ? reference : null, target };
    }
  }
  return workspaces;
}

const READERS = { 'package-lock.json': npm, 'npm-shrinkwrap.json': npm, 'pnpm-lock.yaml': pnpm, 'yarn.lock': yarn, 'bun.lock': bun };
for (const file of process.argv.slice(2)) {
  try {
    console.log(JSON.stringify({ file, workspaces: await READERS[path.basename(file)](path.dirname(file), file) }));
  } catch (error) {
    console.log(JSON.stringify({ file, error: String(error.message).split('\n')[0] }));
  }
}
