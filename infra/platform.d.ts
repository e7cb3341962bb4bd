// The platform's sources are checked along with ours, and import two packages that bring no types.
declare module "archiver";
declare module "bun" {
  export type Shell = unknown;
}
