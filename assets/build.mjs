// Builds static/ from assets/; with --check it builds aside and fails where the committed files differ.
import { build } from "esbuild";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compileAsync } from "sass";

const CHECK = process.argv.includes("--check");
const out = CHECK ? await mkdtemp(join(tmpdir(), "txng-static-")) : "static";
const htmx = JSON.parse(await readFile("node_modules/htmx.org/package.json")).version;

// Bootstrap 5.3 is written with features that Sass will drop in version 3.
const dated = ["import", "global-builtin", "color-functions", "if-function"];

async function styles(name) {
  const { css } = await compileAsync(`assets/scss/${name}.scss`, {
    style: "compressed",
    loadPaths: ["node_modules"],
    quietDeps: true,
    silenceDeprecations: dated,
  });
  await writeFile(join(out, `${name}.css`), css);
}

// app: every page behind the login; phone: the producer's; sw: the service worker, which old browsers get as one script.
const script = (name) =>
  build({
    entryPoints: [`assets/js/${name}.js`],
    outfile: join(out, `${name}.js`),
    bundle: true,
    minify: true,
    format: name === "sw" ? "iife" : "esm",
    target: "es2020",
    logLevel: "warning",
  });

async function files(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}

async function differences() {
  const [fresh, committed] = [await files(out), await files("static")];
  const names = [...new Set([...fresh, ...committed])].sort();
  const same = async (name) =>
    fresh.includes(name) &&
    committed.includes(name) &&
    (await readFile(join(out, name))).equals(await readFile(join("static", name)));
  const verdicts = await Promise.all(names.map(same));
  return names.filter((_, index) => !verdicts[index]);
}

if (!CHECK) await rm(out, { recursive: true, force: true });
await mkdir(join(out, "vendor"), { recursive: true });
await Promise.all([
  styles("app"),
  styles("public"),
  ...["app", "phone", "sw"].map(script),
  cp("node_modules/htmx.org/dist/htmx.min.js", join(out, `vendor/htmx-${htmx}.min.js`)),
  cp("node_modules/htmx.org/LICENSE", join(out, "vendor/htmx.LICENSE.txt")),
  cp("node_modules/bootstrap/LICENSE", join(out, "vendor/bootstrap.LICENSE.txt")),
  cp("assets/img", out, { recursive: true }),
]);

if (CHECK) {
  const stale = await differences();
  await rm(out, { recursive: true });
  if (stale.length) {
    console.error(`static/ does not match assets/: ${stale.join(", ")}. Run "npm run build" and commit.`);
    process.exit(1);
  }
  console.log("static/ matches assets/.");
}
