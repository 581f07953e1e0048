// Plain JavaScript on purpose: an old Node cannot read TypeScript, and must still be able to say so.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18) || (major === 23 && minor < 6)) {
  console.error(
    `Sportello needs Node 22.18 or newer (24 LTS is best), but this is Node ${process.versions.node}: run "npm install" again without --omit=optional, or install Node 24.`,
  );
  process.exit(1);
}
