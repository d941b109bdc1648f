// node prisma.mjs <file>…: what Prisma's own parser says of each file as a schema of its own, one line of JSON each.
import fs from "node:fs";
import { createRequire } from "node:module";

const wasm = createRequire(import.meta.url)("@prisma/prisma-schema-wasm");

for (const file of process.argv.slice(2)) {
  const said = { file, error: null, models: {}, enums: {}, indexes: [] };
  try {
    // Connection strings left the schema with version 7, whose parser this is.
    const text = fs.readFileSync(file, "utf8").replace(/^\s*(url|directUrl|shadowDatabaseUrl)\s*=.*$/gm, "");
    const { datamodel } = JSON.parse(wasm.get_dmmf(JSON.stringify({ prismaSchema: [[file, text]], noColor: true })));
    for (const model of datamodel.models) {
      const fields = model.fields.map((field) => [
        field.name,
        { type: field.type, list: field.isList, required: field.isRequired, id: field.isId, unique: field.isUnique },
      ]);
      said.models[model.name] = { table: model.dbName ?? model.name, fields: Object.fromEntries(fields) };
    }
    for (const one of datamodel.enums) said.enums[one.name] = one.values.map((value) => value.name);
    said.indexes = datamodel.indexes.map((index) => [index.model, index.type, index.fields.map((field) => field.name)]);
  } catch (error) {
    said.error = String(error.message ?? error);
  }
  console.log(JSON.stringify(said));
}
