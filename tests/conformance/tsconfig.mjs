// What TypeScript makes of configurations: `node tsconfig.mjs FILE…`; one line of JSON each: {file, options, errors}.
// Options are those that the file or a base of it sets, as `tsc --showConfig` prints them.
import { dirname } from "node:path";
import ts from "typescript";

for (const file of process.argv.slice(2)) {
  const { config, error } = ts.readConfigFile(file, ts.sys.readFile);
  const host = { ...ts.sys, readDirectory: () => [] };
  const parsed = ts.parseJsonConfigFileContent(config ?? {}, host, dirname(file), undefined, file);
  const printed = ts.convertToTSConfig({ options: parsed.options, fileNames: [], raw: {}, errors: [] }, file, host).compilerOptions;
  const options = Object.fromEntries(Object.keys(parsed.options).filter((key) => key in printed).map((key) => [key, printed[key]]));
  const errors = [error, ...parsed.errors].filter((one) => one && ![18002, 18003].includes(one.code)).map((one) => one.code);
  process.stdout.write(`${JSON.stringify({ file, options, errors })}\n`);
}
