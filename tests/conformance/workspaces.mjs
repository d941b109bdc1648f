// What @manypkg/get-packages lists: node workspaces.mjs FOLDER...
// One line of JSON per folder: {folder, packages: [relative folder, without the root]} or {folder, error}.
import fs from 'node:fs';
import path from 'node:path';
import { getPackages } from '@manypkg/get-packages';

for (const folder of process.argv.slice(2)) {
  const root = fs.realpathSync(folder);
  let found;
  try {
    found = await getPackages(root);
  } catch (error) {
    console.log(JSON.stringify({ folder, error: String(error) })); // it refuses packages without a name
    continue;
  }
  const own = fs.realpathSync(found.rootDir) === root;
  const packages = own ? found.packages.map((one) => path.relative(root, fs.realpathSync(one.dir)) || '.').filter((dir) => dir !== '.') : [];
  console.log(JSON.stringify({ folder, packages: [...new Set(packages)].sort() }));
}
