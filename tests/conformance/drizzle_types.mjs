// The SQL type that each column builder of a dialect gives without options: `node drizzle_types.mjs gel`, one line of JSON {name: type}.
// It also serves the dialects whose snapshots the published drizzle-kit does not generate through its API.
const [, , dialect] = process.argv;
const core = await import(`drizzle-orm/${dialect}-core`);
const all = await import(`drizzle-orm/${dialect}-core/columns/all`);
const [builders] = Object.values(all).map((list) => list());
const types = {};
for (const [name, make] of Object.entries(builders)) {
  try {
    types[name] = core[`${dialect}Table`]("any", { column: make() }).column.getSQLType();
  } catch {} // a builder that needs options, such as customType
}
process.stdout.write(JSON.stringify(types) + "\n");
