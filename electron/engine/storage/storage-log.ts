/** How the database tells what happened to it (a migration, a damaged file, a restart of its thread). Texts hold no secret and no traffic. */
export type StorageLog = (level: 'info' | 'warn' | 'error', message: string) => void
