// Loaded with --require, in plain old JavaScript: a Node that cannot run TypeScript could not read start.ts to say so.
const [major, minor] = process.versions.node.split('.').map(Number)
const runsTypeScript = major > 23 || (major === 23 && minor >= 6) || (major === 22 && minor >= 18)
if (!runsTypeScript) {
  console.error(`Switchyard needs Node 22.18 or newer, and this is ${process.version}.`)
  console.error("It brings its own: run 'npm ci' (without --ignore-scripts), then 'npm start' rather than node itself.")
  process.exit(1)
}
